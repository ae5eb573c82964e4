package document

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

// picture reads a drawing, an old picture or an embedded object: its image, its
// alternative text, and the text boxes in it.
func (t *docxText) picture(p *docxParagraph, face docxFace) error {
	alt, shown := "", false
	var walk func(e element) error
	walk = func(e element) error {
		switch e.name {
		case "docPr", "cNvPr":
			if d := strings.TrimSpace(cleanText(e.attr("descr"))); d != "" && alt == "" {
				alt = d
			}
			if e.attr("hidden") == "1" || e.attr("hidden") == "true" {
				return nil
			}
		case "shape", "rect":
			if d := strings.TrimSpace(cleanText(e.attr("alt"))); d != "" && alt == "" {
				alt = d
			}
		case "blip":
			shown = true
			id := e.attr("embed")
			if id == "" {
				id = e.attr("link")
			}
			if err := t.place(p, face, id, alt); err != nil {
				return err
			}
		case "imagedata":
			shown = true
			if err := t.place(p, face, e.attr("id"), alt); err != nil {
				return err
			}
		case "txbxContent":
			inner := &docxText{docxFile: t.docxFile, x: t.x, rels: t.rels, gone: t.gone, nested: t.nested}
			blocks, err := inner.blocks()
			if t.gone == 0 {
				for _, b := range blocks {
					p.boxes = append(p.boxes, docxEntry{block: b})
				}
			}
			return err
		case "chart", "relIds":
			if !shown {
				shown = true
				t.d.note(NotePicture, 1, "", "文件中有图表或图示，页面上不能显示。请把它转为图片并配上文字说明。")
			}
		case "AlternateContent":
			return t.alternate(walk)
		}
		return t.x.children(walk)
	}
	return t.x.children(walk)
}

func (t *docxText) place(p *docxParagraph, face docxFace, id, alt string) error {
	if t.gone > 0 || face.vanish {
		return nil
	}
	rel, ok := t.rels[id]
	if !ok || rel.external {
		return nil // external pictures are counted with the package
	}
	ref, ok := t.images[rel.target]
	if !ok {
		var data []byte
		if t.a.size(rel.target) <= t.b.lim.MaxImage {
			var err error
			if data, err = t.a.bytes(rel.target, t.b.lim.MaxImage); refusal(KindDocx, err) {
				return err
			}
		}
		ref = t.d.addImage(t.b, path.Base(rel.target), alt, data)
		if ref.Digest == "" {
			t.oddImage++
		}
		t.images[rel.target] = ref
	}
	shown := *ref
	if alt != "" {
		shown.Alt = alt
	}
	face.run = Run{Link: face.run.Link}
	t.add(p, face, Run{Image: &shown})
	return nil
}

// addImage keeps the bytes of a picture once and returns its place. Pictures in
// forms that browsers do not show have no digest.
func (d *Doc) addImage(b *budget, name, alt string, data []byte) *ImageRef {
	kind := imageKind(data)
	if kind == KindUnknown || b.images >= b.lim.MaxImages {
		return &ImageRef{Alt: alt}
	}
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	for _, im := range d.Images {
		if im.Digest == digest {
			return &ImageRef{Digest: digest, Name: im.Name, Alt: alt}
		}
	}
	b.images++
	ext := string(kind)
	if kind == KindJPEG {
		ext = "jpg"
	}
	name = fmt.Sprintf("%s.%s", plainName(strings.TrimSuffix(name, path.Ext(name)), b.images), ext)
	d.Images = append(d.Images, Image{Digest: digest, Name: name, Kind: kind, Alt: alt, Bytes: data})
	return &ImageRef{Digest: digest, Name: name, Alt: alt}
}

// plainName keeps a picture's name to characters that need no escaping.
func plainName(name string, n int) string {
	var s strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			s.WriteRune(r)
		}
		if s.Len() >= 40 {
			break
		}
	}
	if s.Len() == 0 {
		return fmt.Sprintf("image%d", n)
	}
	return s.String()
}
