package console_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
)

// endless is a family that goes on until nobody waits any more.
type endless struct{ enter, left chan struct{} }

func (endless) Pack() *rule.Pack { return &rule.Pack{Pack: "endless"} }

// Check says when it begins with a text of an author and when it ends; the engine's
// own trial has no name and is let through.
func (e endless) Check(f *rule.File, _ *rule.Text, _ func(rule.Finding)) {
	if f.Name == "" {
		return
	}
	e.enter <- struct{}{}
	for !f.Stopped() {
		time.Sleep(time.Millisecond)
	}
	e.left <- struct{}{}
}

// An author who goes on typing has the editor cancel what it asked before; the
// rules then stop, and the room is there for the next text.
func TestALookThatIsSupersededStops(t *testing.T) {
	e := endless{make(chan struct{}, 100), make(chan struct{}, 100)}
	w := inspectingBy(t, func() *engine.Engine { return engine.New(e) })
	id, b := w.draft("通知"), w.as("publisher")
	for n := range 6 { // more than there is room for
		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		r, err := http.NewRequestWithContext(ctx, "POST", b.server.URL+"/console/items/"+string(id)+"/inspect", strings.NewReader(write("通知", "各镇：")))
		w.must(err)
		r.Header.Set("Content-Type", "application/json")
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			if res, err := b.client.Do(r); err == nil {
				res.Body.Close()
			}
		}()
		for _, wait := range []struct {
			on   chan struct{}
			what string
		}{{e.enter, "begin"}, {e.left, "end"}, {ended, "be answered"}} {
			select {
			case <-wait.on:
			case <-time.After(20 * time.Second):
				t.Fatalf("look %d does not %s", n+1, wait.what)
			}
			cancel()
		}
	}
}
