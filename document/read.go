package document

import (
	"context"
	"errors"
	"fmt"
)

// Read reads a file. What kind of file it is is decided by its content; the
// name only tells Markdown from plain text. Read touches nothing outside its
// arguments, but for the cache folder of the PDF engine if one is named.
//
// A file that cannot be read is an Invalid fault whose sentence says what to
// do; the Doc then still tells the Kind and what was noticed before, and of a
// picture what it says about itself. Any other error is a cancelled context.
func Read(ctx context.Context, name string, data []byte, lim Limits) (d Doc, err error) {
	lim = lim.or()
	if int64(len(data)) > lim.MaxBytes {
		return Doc{Kind: KindUnknown}, tooBig(lim.MaxBytes)
	}
	ctx, cancel := context.WithTimeout(ctx, lim.MaxTime)
	defer cancel()

	kind := KindOf(name, data)
	b := newBudget(ctx, lim)
	d = Doc{Kind: kind}
	err = guard(kind, func() error {
		if err := read(b, &d, data); err != nil {
			return err
		}
		return settle(b, &d)
	})
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = tooSlow()
		}
		if kind.Image() {
			return d, err
		}
		return Doc{Kind: kind, Notes: d.Notes}, err
	}
	return d, nil
}

func read(b *budget, d *Doc, data []byte) error {
	switch d.Kind {
	case KindDocx:
		return readDocx(b, d, data)
	case KindHTML:
		return readHTML(b, d, data)
	case KindText, KindMarkdown:
		return readText(b, d, data)
	case KindXlsx:
		return readXlsx(b, d, data)
	case KindXls:
		return readXls(b, d, data)
	case KindPDF:
		return readPDF(b, d, data)
	case KindDoc:
		return readDoc(b, d, data)
	case KindOFD:
		return readOFD(b, d, data)
	case KindPptx:
		return readPptx(b, d, data)
	case KindPpt:
		return readPpt(b, d, data)
	case KindODT, KindODS, KindODP:
		return readODF(b, d, data)
	case KindRTF:
		return readRTF(b, d, data)
	case KindOLE:
		return readOLE(data)
	}
	if d.Kind.Image() {
		d.addPicture("", data)
		if len(d.Meta) > 0 {
			d.addMeta()
		}
	}
	return notText(d.Kind)
}

// guard turns a panic of a foreign parser into the refusal of the file: a
// damaged upload must not end the program.
func guard(kind Kind, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(damaged(kind), fmt.Errorf("reading a %s file panicked: %v", kind, p))
		}
	}()
	return f()
}
