package document

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

func (h *htmlReader) image(n *html.Node, face htmlFace) {
	ref := h.imageRef(attrOf(n, "src"), strings.TrimSpace(cleanText(attrOf(n, "alt"))))
	h.add(Run{Image: ref, Link: face.run.Link})
}

// imageRef keeps pictures that lie in the page itself; others are not fetched.
func (h *htmlReader) imageRef(src, alt string) *ImageRef {
	if h.keepAll {
		if m := ownFile.FindStringSubmatch(src); m != nil {
			name, err := url.PathUnescape(m[2])
			if err == nil {
				return &ImageRef{Digest: m[1], Name: name, Alt: alt}
			}
		}
	}
	if rest, ok := strings.CutPrefix(src, "data:image/"); ok && h.d != nil {
		if _, coded, ok := strings.Cut(rest, ";base64,"); ok && int64(len(coded)) < 2*h.b.lim.MaxImage {
			if data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(coded), "")); err == nil {
				return h.d.addImage(h.b, "image", alt, data)
			}
		}
		return &ImageRef{Alt: alt}
	}
	if src != "" {
		h.external++
	}
	return &ImageRef{Alt: alt}
}

var ownFile = regexp.MustCompile(`^/files/([0-9a-f]{64})/([^/?#"'<>\s]+)$`)

func (h *htmlReader) figure(n *html.Node, face htmlFace) error {
	h.flush()
	blocks, err := h.gather(func() error { return h.flow(n, face) })
	if len(blocks) == 2 && blocks[0].Kind == Figure && blocks[1].Kind == Paragraph && blocks[0].Runs == nil {
		blocks[0].Runs = blocks[1].Runs
		blocks = blocks[:1]
	}
	h.blocks = append(h.blocks, blocks...)
	return err
}
