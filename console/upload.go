package console

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/publication"
)

const (
	maxFiles = 20
	maxFile  = 50 << 20
)

// A reading is what reading a file gave.
type reading struct {
	Notes    []document.Note
	Proposal document.Proposal
	Body     string
	Title    string
	Failed   string // the sentence, when the file could not be read
}

// readings remembers the latest readings, so that a draft page need not read its
// upload again. It forgets the oldest.
type readings struct {
	mu    sync.Mutex
	known map[string]reading
	order []string
}

func (rs *readings) get(digest string) (reading, bool) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r, ok := rs.known[digest]
	return r, ok
}

func (rs *readings) put(digest string, r reading) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.known == nil {
		rs.known = map[string]reading{}
	}
	if _, ok := rs.known[digest]; !ok {
		rs.order = append(rs.order, digest)
	}
	rs.known[digest] = r
	for len(rs.order) > 200 {
		delete(rs.known, rs.order[0])
		rs.order = rs.order[1:]
	}
}

// keepFile stores an upload and says what it is.
func (c *Console) keepFile(ctx context.Context, u web.Upload) (publication.File, []byte, error) {
	data, err := u.Bytes()
	if err != nil {
		return publication.File{}, nil, err
	}
	digest, size, err := c.Blob.Put(ctx, bytes.NewReader(data))
	if err != nil {
		return publication.File{}, nil, err
	}
	return publication.File{Digest: string(digest), Name: u.Name, Size: size, Kind: string(document.KindOf(u.Name, data))}, data, nil
}

// readFile reads a kept upload and stores its pictures. A file that cannot be
// read is no failure: the reading says why.
func (c *Console) readFile(ctx context.Context, f publication.File, data []byte) (reading, error) {
	if r, ok := c.known.get(f.Digest); ok {
		return r, nil
	}
	d, err := c.Read(ctx, f.Name, data)
	if err != nil {
		if fault.KindOf(err) != fault.Invalid {
			return reading{}, err
		}
		r := reading{Notes: d.Notes, Failed: fault.Sentence(err)}
		c.known.put(f.Digest, r)
		return r, nil
	}
	for _, im := range d.Images {
		if _, _, err := c.Blob.Put(ctx, bytes.NewReader(im.Bytes)); err != nil {
			return reading{}, err
		}
	}
	r := reading{Notes: d.Notes, Proposal: document.Elements(d), Body: d.HTML(), Title: d.Title}
	c.known.put(f.Digest, r)
	return r, nil
}

// readingOf reads a file that was kept earlier.
func (c *Console) readingOf(ctx context.Context, f publication.File) (reading, error) {
	if r, ok := c.known.get(f.Digest); ok {
		return r, nil
	}
	data, err := blob.Read(ctx, c.Blob, blob.Digest(f.Digest), maxFile+1)
	if err != nil {
		return reading{}, err
	}
	return c.readFile(ctx, f, data)
}

// addFiles stores the uploads of a form field as attachments.
func (c *Console) addFiles(ctx context.Context, f *web.Form, name string, content *publication.Content) error {
	uploads, err := f.Uploads(name, maxFiles, maxFile)
	if err != nil {
		return err
	}
	for _, u := range uploads {
		file, _, err := c.keepFile(ctx, u)
		if err != nil {
			return err
		}
		known := false
		for _, old := range content.Files {
			known = known || old.Digest == file.Digest
		}
		if !known {
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
	file, _, err := c.keepFile(r.Context(), uploads[0])
	if err != nil {
		return err
	}
	kind := document.Kind(file.Kind)
	if !kind.Image() {
		return refuse(fault.Say(fault.Invalid, sayNotPicture))
	}
	c.fresh.put(file.Digest, reading{Title: string(actorOf(r).Person)})
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
// uploaded it a moment ago.
func (c *Console) file(w http.ResponseWriter, r *http.Request) error {
	digest := r.PathValue("digest")
	if !blob.Digest(digest).Valid() {
		return fault.Say(fault.NotFound, sayNoFile)
	}
	by := actorOf(r)
	allowed := false
	if own, ok := c.fresh.get(digest); ok && own.Title == string(by.Person) {
		allowed = true
	}
	if !allowed {
		err := c.read(r, func(tx *db.Tx) (err error) {
			allowed, err = publication.FileWithin(tx, by.Scope(identity.DocumentRead), digest)
			return err
		})
		if err != nil {
			return err
		}
	}
	if !allowed {
		return fault.Say(fault.NotFound, sayNoFile)
	}
	content, err := c.Blob.Open(r.Context(), blob.Digest(digest))
	if err != nil {
		return err
	}
	defer content.Close()
	head := make([]byte, 4096)
	n, err := content.Read(head)
	if err != nil && n == 0 {
		return err
	}
	if _, err := content.Seek(0, 0); err != nil {
		return err
	}
	name := r.PathValue("name")
	kind := document.KindOf(name, head[:n])
	return web.ServeFile(w, r, web.File{Name: strings.TrimSpace(name), Type: kind.MediaType(), Digest: digest, Inline: kind.Image() || kind == document.KindPDF}, content)
}
