package publication_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"gongkai/internal/db"
	"gongkai/publication"
)

func TestTheRecordForEverybodyHasItsDigestAndNotTheNameOfTheUpload(t *testing.T) {
	each(t, func(v *district) {
		c := policy("关于入学工作的通知", "明教发〔2026〕9号")
		c.Original = &publication.File{Digest: attachment, Name: "张示例改第三稿.docx", Size: 10, Kind: "docx"}
		id := v.publish(c)
		var record []byte
		v.read(func(tx *db.Tx) (err error) { record, err = publication.RecordOf(tx, id); return err })
		sum := sha256.Sum256(record)
		if got, want := hex.EncodeToString(sum[:]), v.page(id).Digest.String(); got != want {
			t.Errorf("SHA-256 of RecordOf = %s, want the content's digest %s", got, want)
		}
		if strings.Contains(string(record), "张示例") {
			t.Errorf("RecordOf holds the name of the upload: %s", record)
		}
		if !strings.Contains(string(record), attachment) {
			t.Errorf("RecordOf does not bind the upload by its digest: %s", record)
		}
		v.verify()
	})
}
