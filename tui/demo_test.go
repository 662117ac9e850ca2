package tui

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
	"onepen/models"
)

// TestDemosPlay: a demo at the screen asks, waits, and makes its changes at the
// very instants at which it makes them headless.
func TestDemosPlay(t *testing.T) {
	for _, name := range experiments.Demos() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				demo, err := experiments.LoadDemo(name)
				if err != nil {
					t.Fatal(err)
				}
				s := sit(t.Context(), t, 80, 24, demo.Scenario, Options{Demo: demo, Speed: 20})
				var want []models.Change
				for _, step := range demo.Steps {
					if step.Ask != "" {
						s.await(demoGoesOn)
						s.sees("‖ paused", wrap(step.Ask, 70)[0])
						s.pass(time.Minute) // it waits
						s.press(" ")
					}
					s.await(wrap(step.Say, 70)[0])
					if step.Changes() {
						want = append(want, step.Change)
					}
				}
				s.await("▶ running")
				s.key(tcell.KeyEscape, 0)
				s.sees("no " + wrap(demo.Steps[len(demo.Steps)-1].Say, 70)[0])
				s.quit()
				if diff := cmp.Diff(want, s.driver.Frame().Session.Timeline()); diff != "" {
					t.Errorf("changes (-headless +screen):\n%s", diff)
				}
			})
		})
	}
}

// await lets time pass until a text is on the screen.
func (s *session) await(text string) {
	s.t.Helper()
	for range 600 {
		if s.shows(text) {
			return
		}
		s.pass(100 * time.Millisecond)
	}
	s.t.Fatalf("%q never came on the screen:\n%s", text, s.screen())
}

// TestDemoEndsWhenTheRunIsTakenElsewhere: after a restart or a rewind its words
// would be about another run.
func TestDemoEndsWhenTheRunIsTakenElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		demo, err := experiments.LoadDemo("one-pen")
		if err != nil {
			t.Fatal(err)
		}
		s := sit(t.Context(), t, 80, 24, demo.Scenario, Options{Demo: demo, Speed: 1})
		s.pass(3 * time.Second)
		s.press("r")
		s.await(demoLeft)
		s.key(tcell.KeyEscape, 0)
		s.sees("no " + demoLeft)
		s.quit()
	})
}

// TestDemoWaitsForAnAnswerOnly: while nothing was asked, space is a pause like
// any other.
func TestDemoWaitsForAnAnswerOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		demo, err := experiments.LoadDemo("one-pen")
		if err != nil {
			t.Fatal(err)
		}
		s := sit(t.Context(), t, 80, 24, demo.Scenario, Options{Demo: demo, Speed: 2})
		s.pass(time.Second)
		s.press(" ")
		s.sees("‖ paused", "no "+demoGoesOn)
		s.pass(time.Minute)
		s.press(" ")
		s.await(demoGoesOn)
		s.sees("t 00:12.0")
		s.quit()
	})
}
