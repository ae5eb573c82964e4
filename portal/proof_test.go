package portal_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/publication"
)

func itoa(n ledger.Seq) string { return strconv.FormatInt(int64(n), 10) }

// leaf is an entry as anybody can read it.
type leaf struct {
	Act     string
	Subject string
	Seq     int64
	Public  struct{ Content string }
}

func TestTheDownloadsOfAPageProveIt(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		key, err := ledger.ParseVerifier(v.page("/ledger/key"))
		v.must(err)
		for _, id := range []publication.ItemID{town.old, town.cites, town.notice} {
			path := "/info/" + string(id)
			record, entry, proof := v.page(path+"/record.json"), v.page(path+"/entry"), v.page(path+"/tlog-proof")
			var l leaf
			v.must(json.Unmarshal([]byte(entry), &l))
			sum := sha256.Sum256([]byte(record))
			if got := hex.EncodeToString(sum[:]); got != l.Public.Content || l.Subject != id.Subject() {
				v.Errorf("SHA-256 of record.json of %s = %s, the entry of %s says %s", id, got, l.Subject, l.Public.Content)
			}
			if _, err := ledger.VerifyProof([]byte(proof), []byte(entry), key); err != nil {
				v.Errorf("VerifyProof of %s: %v, want none", id, err)
			}
			if _, err := ledger.VerifyProof([]byte(proof), []byte(strings.Replace(entry, l.Public.Content, strings.Repeat("0", 64), 1)), key); err == nil {
				v.Errorf("VerifyProof of %s accepts an entry with another content", id)
			}
			v.has("the proof of "+string(id), v.page(path+"/proof"), "刚刚核对过：内容与发布时一致", hex.EncodeToString(sum[:]), "sha256sum record.json", "gongkai verify --proof proof.txt")
		}
	})
}

func TestAnEntryIsOneOfTheItemsOwnPublicActs(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		var own, inner, other ledger.Seq
		v.must(v.db.Read(context.Background(), func(tx *db.Tx) error {
			entries, err := ledger.BySubject(tx, town.old.Subject())
			for _, e := range entries {
				switch e.Act {
				case "publication.related":
					own = e.Seq
				case "publication.submit":
					inner = e.Seq
				}
			}
			e, err2 := ledger.Last(tx, town.notice.Subject())
			other = e.Seq
			if err == nil {
				err = err2
			}
			return err
		}))
		path := "/info/" + string(town.old)
		for _, end := range []string{"/entry?n=", "/tlog-proof?n="} {
			if a := v.get(path + end + itoa(own)); a.status != http.StatusOK {
				v.Errorf("GET %s%s%d, its own act: status %d, want 200", path, end, own, a.status)
			}
			for _, n := range []ledger.Seq{inner, other, 0, 1 << 40} {
				if a := v.get(path + end + itoa(n)); a.status != http.StatusNotFound {
					v.Errorf("GET %s%s%d, not its own public act: status %d, want 404", path, end, n, a.status)
				}
			}
		}
		gone := v.page("/info/" + string(town.withdrawn) + "/proof")
		v.has("the proof of a withdrawn item", gone, "本信息已经撤回", "撤回")
		v.lacks("the proof of a withdrawn item", gone, "record.json")
	})
}

func TestAChangedRowIsSaidOnItsProof(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		v.must(v.db.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE publication_version SET content = replace(content, '欢迎参加', '谢绝参加') WHERE item = $1`, town.notice)
			return err
		}))
		page := v.page("/info/" + string(town.notice) + "/proof")
		v.has("the proof of a changed item", page, "现在的内容与存证不一致", "/about#report")
		v.lacks("the proof of a changed item", page, "内容与发布时一致")
	})
}

func TestToolsCanReadTheLog(t *testing.T) {
	each(t, func(v *district) {
		v.fill()
		key, err := ledger.ParseVerifier(v.page("/ledger/key"))
		v.must(err)
		head, err := ledger.OpenCheckpoint([]byte(v.page("/ledger/checkpoint")), key)
		v.must(err)
		n := 0
		for path := range func(yield func(ledger.TilePath) bool) { ledger.TilesOf(head.Size, yield) } {
			a := v.get("/ledger/" + path.String())
			if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/octet-stream" || !strings.Contains(a.header.Get("Cache-Control"), "immutable") {
				v.Errorf("GET /ledger/%s: status %d, type %q, cache %q", path, a.status, a.header.Get("Content-Type"), a.header.Get("Cache-Control"))
			}
			if path.Level >= 0 && len(a.body) != 32*path.Width {
				v.Errorf("GET /ledger/%s: %d bytes, want %d", path, len(a.body), 32*path.Width)
			}
			v.lacks("the tile "+path.String(), a.body, "经办人", draftWord, waitingWord, keptWord)
			n++
		}
		if n < 2 {
			v.Errorf("TilesOf(%d) gave %d tiles, want some", head.Size, n)
		}
		page := v.page("/ledger")
		v.has("the page of the ledger", page, "关于2026年义务教育入学工作的通知", "撤回", "/ledger/key")
	})
}

func TestFilesAreServedWholeInPartsAndAsUnchanged(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		path := "/files/" + town.form.Digest + "/x.txt"
		a := v.get(path)
		if a.body != formText || a.header.Get("Etag") != `"`+town.form.Digest+`"` || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; filename*=UTF-8''%E7%94%B3") {
			v.Errorf("GET %s: %q, ETag %s, %s", path, a.body, a.header.Get("Etag"), a.header.Get("Content-Disposition"))
		}
		if !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") {
			v.Errorf("GET %s is not sandboxed: %q", path, a.header.Get("Content-Security-Policy"))
		}
		if part := v.get(path, "Range", "bytes=0-5"); part.status != http.StatusPartialContent || part.body != formText[:6] {
			v.Errorf("GET %s in part: status %d, %q", path, part.status, part.body)
		}
		if same := v.get(path, "If-None-Match", a.header.Get("Etag")); same.status != http.StatusNotModified {
			v.Errorf("GET %s with its ETag: status %d, want 304", path, same.status)
		}
		image := v.get("/files/" + town.image.Digest + "/x.png")
		if image.header.Get("Content-Type") != "image/png" || !strings.HasPrefix(image.header.Get("Content-Disposition"), "inline") || image.body != string(picture) {
			v.Errorf("the picture: type %q, %s, %d bytes", image.header.Get("Content-Type"), image.header.Get("Content-Disposition"), len(image.body))
		}
		v.must(v.items.Withdraw(context.Background(), v.boss, town.old, "经核实不应继续公开"))
		for _, p := range []string{path, "/files/" + town.image.Digest + "/x.png"} {
			if gone := v.get(p); gone.status != http.StatusNotFound {
				v.Errorf("GET %s after the withdrawal: status %d, want 404", p, gone.status)
			}
		}
	})
}
