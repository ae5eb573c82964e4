package console

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/fault"
	"gongkai/internal/web/ui"
	"gongkai/publication"
)

// A draftCheck is what inspecting a saved draft with its attachments gave, for
// whoever works without scripts, and for what is not in the text area.
type draftCheck struct {
	Say    string
	Failed bool     // nothing was inspected, Say tells why
	Groups []checks // what must be mended, what is suspected, what was settled
	Unread []string // what of it could not be read
	Copies []maskable
}

type checks struct {
	ID, Name, Say string
	List          []check
	More          int
}

// A check is one finding at its place.
type check struct {
	Label             ui.State
	Where             string
	Before, At, After string // the line it stands in, personal data masked
	Name, Say         string
	Fix, Basis        string
	Settled           string // how it was settled: 例外, 误报
	URL               string // its page, for an exception or a false alarm

	order int // the title stands before the text
}

// A maskable is an attachment with personal data in it.
type maskable struct {
	Name, URL string
	Mask      string // where its masked copy is made
	Count     int
}

// maxChecks is how many findings of a group a page lists.
const maxChecks = 200

// checkDraft inspects what is saved of a draft, when the page was asked to.
func (c *Console) checkDraft(r *http.Request, id publication.ItemID, content publication.Content) (*draftCheck, error) {
	if r.Method != http.MethodGet || r.URL.Query().Get("check") == "" {
		return nil, nil
	}
	report, err := c.Inspections.Check(r.Context(), actorOf(r), id.Subject())
	if say := fault.Sentence(err); say != "" {
		return &draftCheck{Say: say, Failed: true}, nil
	}
	if err != nil {
		return nil, err
	}
	out := &draftCheck{Unread: report.Unread}
	groups := []checks{{ID: "must", Name: "应当改正", Say: "标为“必须处理”的，改正或者批准例外以后才能送审和发布；标为“差错”的应当改正。"}, {ID: "doubt", Name: "疑似", Say: "由您判断，不影响送审。"}, {ID: "settled", Name: "已处理", Say: "已经批准例外，或者认定为误报。"}}
	private := map[string]int{}
	for _, f := range report.Findings {
		one := c.checkOf(f)
		g := &groups[1]
		switch {
		case f.State == inspection.Dismissed || f.State == inspection.Excepted:
			g, one.Settled = &groups[2], f.State.Name()
		case f.Tier == rule.A:
			g = &groups[0]
		}
		if len(g.List) == maxChecks {
			g.More++
		} else {
			g.List = append(g.List, one)
		}
		if file, _ := inspection.SplitPart(f.Part); file != "" && isPrivate(f.Rule) && one.Settled == "" {
			private[file] += max(1, f.Count)
		}
	}
	for i := range groups {
		slices.SortStableFunc(groups[i].List, func(a, b check) int { return cmp.Compare(a.order, b.order) })
	}
	must, doubt := len(groups[0].List)+groups[0].More, len(groups[1].List)+groups[1].More
	stops := 0
	for _, f := range report.Findings {
		if f.Blocks() {
			stops++
		}
	}
	switch {
	case must+doubt == 0:
		out.Say = sayCheckedClean
	case must == 0:
		out.Say = fmt.Sprintf(sayCheckedDoubt, doubt)
	case doubt == 0:
		out.Say = fmt.Sprintf(sayCheckedAll, must)
	default:
		out.Say = fmt.Sprintf(sayCheckedMust, must+doubt, must)
	}
	if stops > 0 {
		out.Say += fmt.Sprintf(sayCheckedStops, stops)
	}
	out.Groups = slices.DeleteFunc(groups, func(g checks) bool { return len(g.List) == 0 })
	for _, f := range content.Files {
		if n := private[f.Name]; n > 0 {
			out.Copies = append(out.Copies, maskable{Name: f.Name, URL: filePath(f), Mask: itemPath(id) + "/mask/" + f.Digest, Count: n})
		}
	}
	return out, nil
}

func (c *Console) checkOf(f inspection.Finding) check {
	one := check{Label: gravity(f.Severity), Where: whereOf(f), Name: c.Inspections.RuleName(f.Rule), Say: f.Message, Basis: f.Source, URL: Root + "/inspection/findings/" + string(f.ID)}
	text := []rune(f.Excerpt)
	from := min(max(0, f.ExcerptAt), len(text))
	to := min(from+max(0, f.End-f.Start), len(text))
	one.Before, one.At, one.After = string(text[:from]), string(text[from:to]), string(text[to:])
	if f.Part == inspection.PartTitle {
		one.order = -1
	}
	words, advice := fixes(f.Finding)
	switch {
	case len(words) > 0 && words[0] != "" && strings.Contains(f.Message, "“"+words[0]+"”"):
		// the sentence has said it
	case len(words) > 0 && words[0] == "":
		one.Fix = "建议删去"
	case len(words) > 0 && isPrivate(f.Rule):
		one.Fix = "建议隐去为“" + words[0] + "”"
	case len(words) > 0:
		one.Fix = "建议改为“" + strings.Join(words, "”或者“") + "”"
	case advice != "":
		one.Fix = "处理办法：" + advice
	}
	if f.Count > 1 {
		one.Say = fmt.Sprintf("%s（同类共%d处）", one.Say, f.Count)
	}
	return one
}

// gravity is how grave a finding is, in the words of the editor's list.
func gravity(s rule.Severity) ui.State {
	switch s {
	case rule.Block:
		return ui.State{Kind: ui.Bad, Say: "必须处理"}
	case rule.Error:
		return ui.State{Kind: ui.Warn, Say: "差错"}
	case rule.Suspect:
		return ui.State{Kind: ui.Note, Say: "疑似"}
	}
	return ui.State{Kind: ui.Mute, Say: "提示"}
}

// whereOf says in which part, page and cell a finding stands.
func whereOf(f inspection.Finding) string {
	where := inspection.PartName(f.Part)
	if f.Page > 0 {
		where += fmt.Sprintf("，第%d页", f.Page)
	}
	if f.Cell != "" {
		where += "，" + f.Cell
	}
	return where
}
