package console

import (
	"net/http"
	"strconv"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

// wordsPage is the words of a unit: always wrong, never wrong, its leaders, its
// names.
type wordsPage struct {
	ui.Console
	Lead    string
	Form    *web.Form
	Units   question
	Lists   []wordList
	May     bool
	Asked   []question
	UnitID  string
	Leaders ui.Link // where the leaders of the unit's page stand
}

// wordList is the words of one kind.
type wordList struct {
	Title, Say, None string
	Word, Instead    string // heads of the columns; no second one where there is nothing to stand in it
	Drops            bool   // some may be removed here
	Rows             []wordLine
}

// wordLine is one word. Drop is set when this person may remove it here.
type wordLine struct {
	ID, Word, Instead, Reason, Unit string
	Drop                            bool
}

var wordKinds = []struct {
	kind          inspection.WordKind
	title, say    string
	none          string
	word, instead string
}{
	{inspection.WrongWord, "错误写法和正确写法", "出现错误写法即提示，如项目名称、活动名称的常见误写。", "还没有登记。", "错误写法", "正确写法"},
	{inspection.KeepWord, "专有名词", "容易被误认为错字的词，如地名、项目名称、简称，不再提示。", "还没有登记。", "专有名词", ""},
	{inspection.OwnLeader, "领导名单", "姓名有一字之差即提示。机构页面登记的领导自动使用，其他需要核对的在此登记。", "还没有登记，只使用机构页面上的领导。", "姓名", "职务"},
	{inspection.OwnName, "机关名称", "本机关的全称和规范简称。", "还没有登记，只使用机构资料中的名称。", "名称", ""},
}

func (c *Console) inspectionWords(w http.ResponseWriter, r *http.Request) error {
	return c.showWords(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showWords(w http.ResponseWriter, r *http.Request, form *web.Form, status int) error {
	by := actorOf(r)
	unit := ruleUnit(r, form)
	if err := by.Check(identity.InspectionRead, unit); err != nil {
		return err
	}
	var p wordsPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		all, err := c.Inspections.Words(tx, unit)
		if err != nil {
			return err
		}
		p = wordsPage{Console: c.frame(w, r, tree, "本机关词表", ui.Link{Text: "检查", URL: inspectionPath}), Form: form, May: by.Can(identity.InspectionRules, unit), UnitID: string(unit),
			Lead:    tree.Name(unit) + "和下属单位的信息按这些词检查，上级单位的词也适用。词表只用于检查本机关自己写的内容。",
			Leaders: ui.Link{Text: "机构页面上的领导", URL: Root + "/units/" + string(unit)}}
		for _, k := range wordKinds {
			l := wordList{Title: k.title, Say: k.say, None: k.none, Word: k.word, Instead: k.instead}
			for _, x := range all {
				if x.Kind == k.kind {
					l.Rows = append(l.Rows, wordLine{string(x.ID), x.Word, x.Instead, x.Reason, tree.Name(x.Unit), x.Unit == unit && p.May})
					l.Drops = l.Drops || x.Unit == unit && p.May
				}
			}
			p.Lists = append(p.Lists, l)
		}
		p.Units = asker{web.NewForm(nil).Set("unit", string(unit))}.ask("select", "unit", "单位", choose(scopeUnits(tree, by.Scope(identity.InspectionRead))))
		if p.May {
			p.Asked = wordQuestions(asker{form})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "inspection-words", p)
}

func wordQuestions(a asker) []question {
	if a.f.Value("kind") == "" {
		a.f.Set("kind", string(inspection.WrongWord))
	}
	var kinds []ui.Option
	for _, k := range wordKinds {
		kinds = append(kinds, ui.Option{Value: string(k.kind), Text: k.title, Hint: k.say})
	}
	return []question{a.ask("radios", "kind", "类别", choose(kinds)), a.ask("input", "word", "词或者姓名", narrow(20), hint("错误写法、专有名词、领导姓名或者机关名称。")),
		a.ask("input", "instead", "正确写法或者职务", optional, narrow(20), hint("错误写法要填正确写法，领导要填职务。")), a.ask("input", "rank", "领导的次序", optional, narrow(4), hint("如 1；只用于领导名单。")),
		a.ask("input", "reason", "备注", optional)}
}

func (c *Console) addWord(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	unit := org.ID(f.Text("unit"))
	word := inspection.Word{Unit: unit, Kind: inspection.WordKind(f.Text("kind")), Word: f.Text("word"), Instead: f.Text("instead"), Reason: f.Text("reason")}
	if s := f.Text("rank"); s != "" {
		if word.Rank, err = strconv.Atoi(s); err != nil || word.Rank < 1 || word.Rank > 200 {
			f.Problem("rank", sayWordRank)
		}
	}
	if err = f.Err(); err == nil {
		_, err = c.Inspections.AddWord(r.Context(), actorOf(r), word)
	}
	if err != nil {
		if fault.KindOf(err) != fault.Forbidden && inspectionRefused(f, err) {
			return c.showWords(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, inspectionPath+"/words?unit="+string(unit), sayWordAdded)
}

func (c *Console) dropWord(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Inspections.DropWord(r.Context(), actorOf(r), inspection.WordID(r.PathValue("id"))); err != nil {
		return err
	}
	return c.said(w, r, inspectionPath+"/words?unit="+f.Text("unit"), sayWordDropped)
}
