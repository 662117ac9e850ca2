package sweep

import (
	"os"
	"sync"
)

// syncer brings what is written to files to the disk, in the background: a disk
// takes tens of milliseconds for it, in which runs go on. What is written while
// it is busy is brought with the next round, so nobody waits and it is never
// more than a round behind.
type syncer struct {
	files []*os.File
	work  chan struct{} // holds one: something was written since the round began
	ended chan error
	once  sync.Once
	err   error // of all rounds, once it has ended
}

func startSyncer(files []*os.File) *syncer {
	s := &syncer{files: files, work: make(chan struct{}, 1), ended: make(chan error, 1)}
	go func() {
		for range s.work {
			if err := s.round(); err != nil {
				s.ended <- err
				return
			}
		}
		s.ended <- s.round()
	}()
	return s
}

// round brings all files to the disk.
func (s *syncer) round() error {
	for _, file := range s.files {
		if err := file.Sync(); err != nil {
			return cannotWrite(file.Name(), err)
		}
	}
	return nil
}

// wake says that something was written. The error is of an earlier round.
func (s *syncer) wake() error {
	select {
	case err := <-s.ended:
		s.ended <- err
		return err
	case s.work <- struct{}{}:
	default:
	}
	return nil
}

// stop waits for a last round. It may be called twice, and of a nil syncer, which
// has nothing to wait for.
func (s *syncer) stop() error {
	if s == nil {
		return nil
	}
	s.once.Do(func() {
		close(s.work)
		s.err = <-s.ended
	})
	return s.err
}
