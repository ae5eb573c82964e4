package console

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/ledger"
	"gongkai/publication"
)

const (
	maxFiles = 20
	maxFile  = 50 << 20
)

// proposed remembers what the latest uploads say about themselves, so that a
// draft page need not read its upload again. It forgets the oldest.
type proposed struct {
	mu    sync.Mutex
	known map[string]document.Proposal
	order []string
}

func (ps *proposed) get(digest string) (document.Proposal, bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p, ok := ps.known[digest]
	return p, ok
}

func (ps *proposed) put(digest string, p document.Proposal) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if ps.known == nil {
		ps.known = map[string]document.Proposal{}
	}
	if _, ok := ps.known[digest]; !ok {
		ps.order = append(ps.order, digest)
	}
	ps.known[digest] = p
	for len(ps.order) > 200 {
		delete(ps.known, ps.order[0])
		ps.order = ps.order[1:]
	}
}

// keepFile stores and reads an upload and says what it is. The Doc is empty
// when it could not be read.
func (c *Console) keepFile(ctx context.Context, by identity.Actor, u web.Upload) (document.File, document.Doc, publication.File, error) {
	content, err := u.Open()
	if err != nil {
		return document.File{}, document.Doc{}, publication.File{}, err
	}
	defer content.Close()
	f, doc, err := c.Files.Import(ctx, by, u.Name, content)
	return f, doc, publication.File{Digest: string(f.Digest), Name: u.Name, Size: f.Size, Kind: string(f.Kind)}, err
}

// proposalOf is what an upload says about itself. An upload that cannot be read
// proposes nothing.
func (c *Console) proposalOf(ctx context.Context, f publication.File) (document.Proposal, error) {
	if p, ok := c.proposed.get(f.Digest); ok {
		return p, nil
	}
	d, err := c.Files.Doc(ctx, blob.Digest(f.Digest))
	if err != nil && fault.KindOf(err) == "" {
		return document.Proposal{}, err
	}
	p := document.Elements(d)
	c.proposed.put(f.Digest, p)
	return p, nil
}

// notesOf is what a person should know of an upload.
func notesOf(tx *db.Tx, f *publication.File) ([]document.Note, error) {
	if f == nil {
		return nil, nil
	}
	kept, err := document.Get(tx, blob.Digest(f.Digest))
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return kept.Notes, err
}

// addFiles stores the uploads of a form field as attachments.
func (c *Console) addFiles(ctx context.Context, by identity.Actor, f *web.Form, name string, content *publication.Content) error {
	uploads, err := f.Uploads(name, maxFiles, maxFile)
	if err != nil {
		return err
	}
	for _, u := range uploads {
		_, _, file, err := c.keepFile(ctx, by, u)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(content.Files, func(old publication.File) bool { return old.Digest == file.Digest }) {
			content.Files = append(content.Files, file)
		}
	}
	return nil
}

// addPicture stores a picture for the editor and answers its address.
func (c *Console) addPicture(w http.ResponseWriter, r *http.Request) error {
	refuse := func(err error) error {
		say := fault.Sentence(err)
		if say == "" {
			return err
		}
		return web.JSON(w, r, web.StatusOf(err), map[string]string{"say": say})
	}
	if err := c.mayWrite(r, publication.ItemID(r.PathValue("id"))); err != nil {
		return refuse(err)
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return refuse(err)
	}
	uploads, err := f.Uploads("file", 1, 32<<20)
	if err != nil || len(uploads) == 0 {
		return refuse(fault.Say(fault.Invalid, sayNotPicture))
	}
	data, err := uploads[0].Bytes()
	if err != nil {
		return err
	}
	kind := document.KindOf(uploads[0].Name, data)
	if !kind.Image() {
		return refuse(fault.Say(fault.Invalid, sayNotPicture))
	}
	_, _, file, err := c.keepFile(r.Context(), actorOf(r), uploads[0])
	if err != nil {
		return refuse(err)
	}
	return web.JSON(w, r, http.StatusOK, map[string]string{"url": Root + "/files/" + file.Digest + "/picture." + string(kind)})
}

// mayWrite refuses whoever may not write on an item.
func (c *Console) mayWrite(r *http.Request, id publication.ItemID) error {
	return c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, id)
		if err != nil {
			return err
		}
		return actorOf(r).Check(identity.PublicationDraft, row.Unit)
	})
}

// file sends a kept file to staff who may see an item it belongs to, or who
// uploaded it.
func (c *Console) file(w http.ResponseWriter, r *http.Request) error {
	digest, by := blob.Digest(r.PathValue("digest")), actorOf(r)
	if !digest.Valid() {
		return fault.Say(fault.NotFound, sayNoFile)
	}
	var kept document.File
	err := c.read(r, func(tx *db.Tx) (err error) {
		allowed, err := publication.FileWithin(tx, by.Scope(identity.DocumentRead), string(digest))
		if err != nil {
			return err
		}
		if !allowed {
			entries, err := ledger.BySubject(tx, "file/"+string(digest))
			if err != nil {
				return err
			}
			allowed = slices.ContainsFunc(entries, func(e ledger.Entry) bool { return e.Who == by.LedgerWho() })
		}
		if !allowed {
			return fault.Say(fault.NotFound, sayNoFile)
		}
		kept, err = document.Get(tx, digest)
		return err
	})
	if err != nil {
		return err
	}
	return c.serveFile(w, r, kept)
}

// serveFile serves the bytes of a kept file under the name of the address.
func (c *Console) serveFile(w http.ResponseWriter, r *http.Request, kept document.File) error {
	digest := blob.Digest(r.PathValue("digest"))
	content, err := c.Blob.Open(r.Context(), digest)
	if err != nil {
		return err
	}
	defer content.Close()
	return web.ServeFile(w, r, web.File{Name: strings.TrimSpace(r.PathValue("name")), Type: kept.Kind.MediaType(), Digest: string(digest), Inline: kept.Kind.Image() || kept.Kind == document.KindPDF}, content)
}
