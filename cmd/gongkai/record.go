package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
)

// checkRecord compares a downloaded record with what its ledger entry says of
// the content.
func checkRecord(sh shell, path string, leaf []byte) error {
	record, err := os.ReadFile(path)
	if err != nil {
		return useError("打不开信息内容文件 %s", path)
	}
	var entry struct {
		Public struct {
			Content string `json:"content"`
		} `json:"public"`
	}
	if err := json.Unmarshal(leaf, &entry); err != nil || entry.Public.Content == "" {
		return useError("这个存证条目不是一次发布，不能用来核对信息内容")
	}
	sum := sha256.Sum256(record)
	if hex.EncodeToString(sum[:]) != entry.Public.Content {
		fmt.Fprintln(sh.out, "内容不一致：信息内容文件与发布时存证的内容不同")
		return errFinding
	}
	fmt.Fprintln(sh.out, "内容一致：信息内容与发布时存证的内容完全相同")
	return nil
}
