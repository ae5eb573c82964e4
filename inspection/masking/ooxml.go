package masking

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"gongkai/document"
)

// maxUnpacked bounds what an Office file may unpack to. Its reader has let it pass
// before, so this only guards against another reader.
const maxUnpacked = 512 << 20

// A pack is an Office file as its entries, in the order they stand in it.
type pack struct {
	kind  document.Kind
	files []*zip.File
	names map[string]*zip.File
	now   map[string][]byte // entries that are written anew; nil leaves one out
	room  int64
}

func openPack(kind document.Kind, data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken(kind)
	}
	k := &pack{kind: kind, files: z.File, names: map[string]*zip.File{}, now: map[string][]byte{}, room: maxUnpacked}
	room := uint64(len(data))
	for _, f := range z.File {
		// Entries that lie on top of each other would be written one beside the other.
		if f.CompressedSize64 > room {
			return nil, broken(kind)
		}
		room -= f.CompressedSize64
		k.names[f.Name] = f
	}
	return k, nil
}

// read returns an entry as it will be written; nil if there is none.
func (k *pack) read(name string) ([]byte, error) {
	if b, ok := k.now[name]; ok {
		return b, nil
	}
	f := k.names[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, broken(k.kind)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, k.room+1))
	if err != nil {
		return nil, broken(k.kind)
	}
	if k.room -= int64(len(b)); k.room < 0 {
		return nil, tooLarge()
	}
	return b, nil
}

// write returns the file with what was written anew.
func (k *pack) write() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range k.files {
		b, anew := k.now[f.Name]
		if !anew {
			if err := z.Copy(f); err != nil {
				return nil, broken(k.kind)
			}
			continue
		}
		if b == nil {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
		if err == nil {
			_, err = w.Write(b)
		}
		if err != nil {
			return nil, broken(k.kind)
		}
	}
	if err := z.Close(); err != nil {
		return nil, broken(k.kind)
	}
	return out.Bytes(), nil
}

// each calls do for every entry below a folder whose name ends so, and writes what
// it returns if that differs.
func (k *pack) each(folder, suffix string, do func(name string, b []byte) ([]byte, error)) error {
	for _, f := range k.files {
		if !strings.HasPrefix(f.Name, folder) || !strings.HasSuffix(strings.ToLower(f.Name), suffix) {
			continue
		}
		b, err := k.read(f.Name)
		if err != nil {
			return err
		}
		if b == nil {
			continue
		}
		n, err := do(f.Name, b)
		if err != nil {
			return err
		}
		if !bytes.Equal(n, b) {
			k.now[f.Name] = n
		}
	}
	return nil
}

// pictures takes out what cameras wrote, and tells whether there was any.
func (k *pack) pictures(folder string) (cut bool, err error) {
	for _, ext := range []string{".jpg", ".jpeg", ".png"} {
		err := k.each(folder, ext, func(_ string, b []byte) ([]byte, error) {
			n, did := picture(b)
			cut = cut || did
			return n, nil
		})
		if err != nil {
			return cut, err
		}
	}
	return cut, nil
}

// authors empties the properties of the file.
func (k *pack) authors() (cut bool, err error) {
	named := map[string]bool{"creator": true, "lastModifiedBy": true, "Manager": true, "Company": true, "keywords": true, "description": true,
		"subject": true, "category": true, "lpwstr": true, "lpstr": true}
	err = k.each("docProps/", ".xml", func(name string, b []byte) ([]byte, error) {
		if path.Base(name) != "custom.xml" {
			// The titles of parts in app.xml are strings of the same name.
			delete(named, "lpwstr")
			delete(named, "lpstr")
		} else {
			named["lpwstr"], named["lpstr"] = true, true
		}
		s := splice{src: b}
		err := s.texts(func(in []string) bool { return named[in[len(in)-1]] }, func(t *piece) {
			if strings.TrimSpace(string(t.text)) != "" {
				t.text, t.changed, cut = nil, true, true
			}
		})
		if err != nil {
			return nil, broken(k.kind)
		}
		return s.result(), nil
	})
	return cut, err
}

// target resolves the target of a relationship of a part.
func target(part, to string) string {
	if strings.HasPrefix(to, "/") {
		return strings.TrimPrefix(to, "/")
	}
	return path.Join(path.Dir(part), to)
}

// relationships of a part, by id.
func (k *pack) relationships(part string) (map[string]string, error) {
	b, err := k.read(path.Join(path.Dir(part), "_rels", path.Base(part)+".rels"))
	if err != nil || b == nil {
		return nil, err
	}
	var rels struct {
		Rel []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(b, &rels) != nil {
		return nil, broken(k.kind)
	}
	all := map[string]string{}
	for _, r := range rels.Rel {
		all[r.ID] = target(part, r.Target)
	}
	return all, nil
}
