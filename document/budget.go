package document

import (
	"context"
	"errors"
	"io"
	"unicode/utf8"
)

// A budget is what is left of the Limits while one file is read. Every reader
// draws on the same one.
type budget struct {
	ctx      context.Context
	lim      Limits
	expanded int64
	nodes    int
	text     int
	cells    int
	images   int
	inner    int // files inside files that are open
}

func newBudget(ctx context.Context, lim Limits) *budget { return &budget{ctx: ctx, lim: lim} }

// node accounts for one element and looks at the clock now and then.
func (b *budget) node() error {
	b.nodes++
	if b.nodes > b.lim.MaxNodes {
		return tooManyNodes()
	}
	if b.nodes&0xff == 0 {
		return b.alive()
	}
	return nil
}

// alive returns the refusal for a file that takes too long, or the
// cancellation of the caller.
func (b *budget) alive() error {
	err := b.ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		return tooSlow()
	}
	return err
}

func (b *budget) addText(s string) error {
	b.text += utf8.RuneCountInString(s)
	if b.text > b.lim.MaxText {
		return tooMuchText(b.lim.MaxText)
	}
	return nil
}

func (b *budget) addCells(n int) error {
	b.cells += n
	if b.cells > b.lim.MaxCells {
		return tooManyCells(b.lim.MaxCells)
	}
	return nil
}

// metered counts what comes out of an archive.
type metered struct {
	r      io.Reader
	b      *budget
	packed int64
	out    int64
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.out += int64(n)
	m.b.expanded += int64(n)
	if m.b.expanded > m.b.lim.MaxExpanded {
		return n, tooExpanded(m.b.lim.MaxExpanded)
	}
	if m.out > 1<<20 && m.out > m.packed*m.b.lim.MaxRatio {
		return n, tooDense()
	}
	return n, err
}
