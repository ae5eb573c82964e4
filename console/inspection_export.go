package console

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// exportedFindings are the findings of a list's filter as a table.
func (c *Console) exportedFindings(r *http.Request) ([][]string, error) {
	rows := [][]string{{"单位", "信息", "网址", "位置", "类别", "规则", "严重程度", "级别", "内容", "问题", "建议", "依据", "状态", "首次发现", "整改期限", "逾期工作日", "最近办理人", "最近办理时间", "说明"}}
	err := c.read(r, func(tx *db.Tx) error {
		f, _ := findingFilter(r.URL.Query(), actorOf(r), todayOf(tx))
		var who []string
		if err := c.Inspections.Export(tx, f, func(x inspection.Row) error {
			late := ""
			if x.Late > 0 {
				late = strconv.Itoa(x.Late)
			}
			who = append(who, string(x.By))
			rows = append(rows, []string{x.UnitName, titleOf(x.Title), x.Address, placeWords(x.Finding), familyWord(x.Rule), x.RuleName, gravity(x.Severity).Say, string(x.Tier), x.Text, x.Message, strings.Join(x.Suggest, "；"), x.Source, x.State.Name(), web.Date(x.First), x.Due.String(), late, string(x.By), web.Moment(x.At), x.Note})
			return nil
		}); err != nil {
			return err
		}
		slices.Sort(who)
		names, err := identity.Names(tx, slices.Compact(who)...)
		for _, row := range rows[1:] {
			row[16] = names[row[16]]
		}
		return err
	})
	return rows, err
}

func (c *Console) findingsCSV(w http.ResponseWriter, r *http.Request) error {
	rows, err := c.exportedFindings(r)
	if err != nil {
		return err
	}
	return sendCSV(w, r, "检查结果.csv", rows)
}

func (c *Console) findingsXLSX(w http.ResponseWriter, r *http.Request) error {
	rows, err := c.exportedFindings(r)
	if err != nil {
		return err
	}
	data, err := inspection.Workbook("检查结果", rows)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+percent("检查结果.xlsx"))
	return web.Write(w, r, http.StatusOK, sheetType, data)
}

// evidence serves the file somebody showed when a finding was mended, to whoever
// may see the finding.
func (c *Console) evidence(w http.ResponseWriter, r *http.Request) error {
	digest := blob.Digest(r.PathValue("digest"))
	var kept document.File
	err := c.read(r, func(tx *db.Tx) error {
		f, err := seenFinding(tx, actorOf(r), inspection.ID(r.PathValue("id")))
		if err != nil {
			return err
		}
		steps, err := inspection.StepsOf(tx, f.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(steps, func(s inspection.Step) bool { return s.File == string(digest) }) {
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
