package console

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// exportedColumns are the columns of exported findings.
var exportedColumns = []inspection.Column{
	{Head: "单位", Width: 20}, {Head: "信息", Width: 36}, {Head: "网址", Width: 24}, {Head: "位置", Width: 14}, {Head: "类别", Width: 12}, {Head: "规则", Width: 16}, {Head: "严重程度", Width: 10},
	{Head: "可靠性", Width: 12}, {Head: "内容", Width: 18}, {Head: "上下文", Width: 40}, {Head: "问题", Width: 28}, {Head: "建议", Width: 18}, {Head: "依据", Width: 24}, {Head: "状态", Width: 9},
	{Head: "首次发现", Width: 12, Cells: inspection.Days}, {Head: "整改期限", Width: 12, Cells: inspection.Days}, {Head: "逾期工作日", Width: 8, Cells: inspection.Numbers},
	{Head: "最近办理人", Width: 12}, {Head: "最近办理时间", Width: 17, Cells: inspection.Moments}, {Head: "说明", Width: 28},
}

// columnOfPerson is where in an exported line stands who moved the finding last.
var columnOfPerson = slices.IndexFunc(exportedColumns, func(c inspection.Column) bool { return c.Head == "最近办理人" })

// exportedFindings are the findings of a list's filter as the lines of a table, with the
// name of the file they are taken away in, without its ending.
func (c *Console) exportedFindings(r *http.Request) (rows [][]string, name string, err error) {
	site := map[bool]string{true: "https://", false: "http://"}[c.Secure] + r.Host
	err = c.read(r, func(tx *db.Tx) error {
		rows = nil
		f, tab := findingFilter(r.URL.Query(), actorOf(r), todayOf(tx))
		name = "检查结果（" + findingTabs[tab].name + "）" + todayOf(tx).String()
		who := map[string]bool{}
		if err := c.Inspections.Export(tx, f, func(x inspection.Row) error {
			late, address := "", x.Address
			if x.Late > 0 {
				late = strconv.Itoa(x.Late)
			}
			if strings.HasPrefix(address, "/") {
				address = site + address
			}
			before, at, after := excerptOf(x.Finding)
			who[string(x.By)] = true
			rows = append(rows, []string{x.UnitName, titleOf(x.Title), address, placeWords(x.Finding), familyWord(x.Rule), x.RuleName, gravity(x.Severity).Say, reliable(x.Tier), at, before + at + after,
				x.Message, strings.Join(x.Suggest, "；"), x.Source, x.State.Name(), web.Date(x.First), x.Due.String(), late, string(x.By), web.Moment(x.At), x.Note})
			return nil
		}); err != nil {
			return err
		}
		names, err := identity.Names(tx, slices.Sorted(maps.Keys(who))...)
		for _, row := range rows {
			switch by := row[columnOfPerson]; {
			case strings.HasPrefix(by, "system:"):
				row[columnOfPerson] = "系统"
			default:
				row[columnOfPerson] = names[by]
			}
		}
		return err
	})
	return rows, name, err
}

// reliable is tierWord as a column has room for it.
func reliable(t rule.Tier) string {
	return map[rule.Tier]string{rule.A: "有确凿依据", rule.B: "疑似", rule.C: "提示"}[t]
}

// zeroInFront is a cell of a CSV that would lose it where it is opened as a number. Numbers
// so long that they would lose digits behind are masked.
var zeroInFront = regexp.MustCompile(`^0\d+$`)

func (c *Console) findingsCSV(w http.ResponseWriter, r *http.Request) error {
	rows, name, err := c.exportedFindings(r)
	if err != nil {
		return err
	}
	head := make([]string, len(exportedColumns))
	for i, c := range exportedColumns {
		head[i] = c.Head
	}
	for _, row := range rows {
		for i, cell := range row {
			if zeroInFront.MatchString(cell) {
				row[i] = "'" + cell
			}
		}
	}
	return sendCSV(w, r, name+".csv", append([][]string{head}, rows...))
}

func (c *Console) findingsXLSX(w http.ResponseWriter, r *http.Request) error {
	rows, name, err := c.exportedFindings(r)
	if err != nil {
		return err
	}
	data, err := inspection.Workbook("检查结果", exportedColumns, rows)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+percent(name+".xlsx"))
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
