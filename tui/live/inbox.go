package live

import "sync"

// inbox holds commands that the driver has not yet obeyed. It takes any number
// of them and never makes its sender wait.
type inbox struct {
	mu       sync.Mutex
	commands []Command
	ready    chan struct{} // receives when something came in since take
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

func (b *inbox) put(c Command) {
	b.mu.Lock()
	b.commands = append(b.commands, c)
	b.mu.Unlock()
	ring(b.ready)
}

// take empties the inbox.
func (b *inbox) take() []Command {
	b.mu.Lock()
	defer b.mu.Unlock()
	commands := b.commands
	b.commands = nil
	return commands
}

// ring sends on a channel with room for one, unless something is in it.
func ring(bell chan<- struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}
