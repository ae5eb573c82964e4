package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/search"
)

// audit is the outcome of a verification of the whole installation.
type audit struct {
	Ledger ledger.Report     `json:"ledger"`
	Index  search.Difference `json:"index"`
	Files  fileCheck         `json:"files"`
	Backup []string          `json:"backup,omitempty"` // in what it differs from a backup
}

// fileCheck is what was found among the stored files.
type fileCheck struct {
	N       int64    `json:"n"`
	Bytes   int64    `json:"bytes"`
	Damaged []string `json:"damaged,omitempty"`
	Missing []string `json:"missing,omitempty"`
}

func (a audit) ok() bool {
	return a.Ledger.OK() && a.Index.Equal() && len(a.Files.Damaged)+len(a.Files.Missing)+len(a.Backup) == 0
}

// verify compares ledger, records, index and files with each other. known are
// checkpoints that were kept elsewhere.
func (h *house) verify(ctx context.Context, known [][]byte, tell func(string, int64, int64)) (audit, error) {
	var a audit
	if _, err := h.items.Lapse(ctx); err != nil { // the index then follows today's calendar
		return a, err
	}
	v, err := ledger.ParseVerifier(h.ledger.Key().Verifier())
	if err != nil {
		return a, err
	}
	var digests []string
	err = h.db.Read(ctx, func(tx *db.Tx) (err error) {
		if a.Ledger, err = (ledger.Audit{Keepers: keepers, Verifier: v, Known: known, Progress: tell}).Run(tx); err != nil {
			return err
		}
		tell("检索索引", 0, 0)
		if a.Index, err = search.Check(tx, h.items.Indexed(tx)); err != nil {
			return err
		}
		digests, err = fileDigests(tx)
		return err
	})
	if err != nil {
		return a, err
	}
	seen := map[string]bool{}
	if err := h.blobs.Each(ctx, func(i blob.Info) error {
		tell("文件", a.Files.N, int64(len(digests)))
		a.Files.N++
		a.Files.Bytes += i.Size
		seen[string(i.Digest)] = true
		if err := blob.Check(ctx, h.blobs, i.Digest); err != nil {
			if errors.Is(err, context.Canceled) {
				return err
			}
			a.Files.Damaged = append(a.Files.Damaged, string(i.Digest))
		}
		return nil
	}); err != nil {
		return a, err
	}
	for _, d := range digests {
		if !seen[d] {
			a.Files.Missing = append(a.Files.Missing, d)
		}
	}
	return a, nil
}

// verifyJob verifies by night and by hand from the console; what it finds goes
// into the log of the operators.
func (h *house) verifyJob(ctx context.Context, _ jobs.Job) error {
	a, err := h.verify(ctx, nil, func(string, int64, int64) {})
	if err != nil {
		return err
	}
	if !a.ok() {
		for _, f := range a.Ledger.Findings {
			h.log.Error("verify", "flaw", f.Flaw, "subject", f.Subject, "seq", f.Seq)
		}
		h.log.Error("verify", "ledger", len(a.Ledger.Findings), "index", !a.Index.Equal(), "damaged", len(a.Files.Damaged), "missing", len(a.Files.Missing))
		return jobs.Hopeless(fault.Say(fault.Conflict, "核验发现不一致，请运行 gongkai verify 查看"))
	}
	h.log.Info("verify", "entries", a.Ledger.Entries, "files", a.Files.N)
	return nil
}

func runVerify(ctx context.Context, sh shell, k *call) error {
	if proof := k.text("proof"); proof != "" {
		return verifyProof(sh, k, proof)
	}
	var known [][]byte
	if path := k.text("checkpoint"); path != "" {
		b, err := os.ReadFile(path)
		if err != nil {
			return useError("打不开检查点文件 %s", path)
		}
		known = append(known, b)
	}
	h, err := k.openExisting(ctx, sh)
	if err != nil {
		return err
	}
	defer h.close()
	tell := k.progress(sh)
	a, err := h.verify(ctx, known, tell)
	if err != nil {
		return err
	}
	if path := k.text("backup"); path != "" {
		want, err := readManifest(path)
		if err != nil {
			return err
		}
		if err := h.db.Read(ctx, func(tx *db.Tx) error {
			got, err := h.survey(tx, tell)
			a.Backup = compare(want, got)
			return err
		}); err != nil {
			return err
		}
	}
	k.done(sh)
	if k.json {
		b, err := json.Marshal(a)
		if err != nil {
			return err
		}
		fmt.Fprintln(sh.out, string(b))
	} else {
		printAudit(sh, a, k.text("backup"))
	}
	if !a.ok() {
		return errFinding
	}
	return nil
}

func printAudit(sh shell, a audit, backup string) {
	fmt.Fprintf(sh.out, "存证  %d 条，树根 %s\n", a.Ledger.Entries, a.Ledger.Root)
	kinds := make([]string, 0, len(a.Ledger.Records))
	for k := range a.Ledger.Records {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		fmt.Fprintf(sh.out, "      %-11s %d 项与存证核对\n", k, a.Ledger.Records[k])
	}
	for _, f := range a.Ledger.Findings {
		fmt.Fprintf(sh.out, "不符  %s  %s\n", f.Subject, f.Say)
	}
	fmt.Fprintf(sh.out, "索引  %d 篇\n", a.Index.Docs)
	for what, ids := range map[string][]string{"缺少": a.Index.Missing, "多出": a.Index.Extra, "过时": a.Index.Changed, "损坏": a.Index.Broken} {
		for _, id := range ids {
			fmt.Fprintf(sh.out, "不符  索引%s item/%s\n", what, id)
		}
	}
	fmt.Fprintf(sh.out, "文件  %d 个，%d 字节\n", a.Files.N, a.Files.Bytes)
	for _, d := range a.Files.Damaged {
		fmt.Fprintf(sh.out, "不符  文件内容已损坏 %s\n", d)
	}
	for _, d := range a.Files.Missing {
		fmt.Fprintf(sh.out, "不符  文件丢失 %s\n", d)
	}
	for _, d := range a.Backup {
		fmt.Fprintf(sh.out, "不符  %s\n", d)
	}
	switch {
	case !a.ok():
		fmt.Fprintln(sh.out, "结果  发现不一致")
	case backup != "":
		fmt.Fprintln(sh.out, "结果  完全一致，并与备份相同")
	default:
		fmt.Fprintln(sh.out, "结果  完全一致")
	}
}

// verifyProof checks what a citizen downloaded from a page, without any
// installation: the record, the entry and the proof.
func verifyProof(sh shell, k *call, path string) error {
	proof, err := os.ReadFile(path)
	if err != nil {
		return useError("打不开证明文件 %s", path)
	}
	if k.text("entry") == "" || k.text("key") == "" {
		return useError("核验证明需要同时给出 --entry 存证条目文件和 --key 公钥")
	}
	leaf, err := os.ReadFile(k.text("entry"))
	if err != nil {
		return useError("打不开存证条目文件 %s", k.text("entry"))
	}
	v, err := ledger.ParseVerifier(k.text("key"))
	if err != nil {
		return useError("公钥的格式不正确，应从网站“存证”页面完整复制")
	}
	head, err := ledger.VerifyProof(proof, leaf, v)
	if err != nil {
		fmt.Fprintln(sh.out, "证明不成立：存证条目不在签名所证明的记录中，或者文件被改动过")
		return errFinding
	}
	fmt.Fprintf(sh.out, "证明成立：该条目在共 %d 条的存证记录中\n", head.Size)
	if record := k.text("record"); record != "" {
		return checkRecord(sh, record, leaf)
	}
	return nil
}
