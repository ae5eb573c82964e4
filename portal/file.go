package portal

import (
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/publication"
)

// file sends an attachment or a picture, as long as something public shows it.
func (p *Portal) file(w http.ResponseWriter, r *http.Request) error {
	digest := blob.Digest(r.PathValue("digest"))
	if !digest.Valid() {
		return fault.Say(fault.NotFound, sayNoFile)
	}
	var name string
	if err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		name, err = publication.PublicFile(tx, string(digest))
		return err
	}); errors.Is(err, fault.NotFound) {
		return fault.Say(fault.NotFound, sayNoFile)
	} else if err != nil {
		return err
	}
	content, err := p.Blobs.Open(r.Context(), digest)
	if errors.Is(err, fault.NotFound) {
		return fault.Say(fault.NotFound, sayNoFile)
	} else if err != nil {
		return err
	}
	defer content.Close()
	kind, err := typeOf(name, content)
	if err != nil {
		return err
	}
	return web.ServeFile(w, r, web.File{
		Name: path.Base(name), Type: kind, Digest: string(digest), Inline: strings.HasPrefix(kind, "image/"), Public: true,
	}, content)
}

// typeOf decides the media type: pictures and PDF by their bytes, because a
// browser shows them; the others by their names, because it only saves them.
func typeOf(name string, content io.ReadSeeker) (string, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	if kind := http.DetectContentType(head[:n]); strings.HasPrefix(kind, "image/") || kind == "application/pdf" {
		return kind, nil
	}
	if kind := fileTypes[strings.ToLower(path.Ext(name))]; kind != "" {
		return kind, nil
	}
	return "application/octet-stream", nil
}

var fileTypes = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".doc":  "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
	".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".odp": "application/vnd.oasis.opendocument.presentation",
	".rtf": "application/rtf", ".ofd": "application/ofd", ".wps": "application/vnd.ms-works", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".zip": "application/zip", ".json": "application/json",
}
