package prose

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

//go:embed data/words.txt
var wordList string

// class is a set of kinds of word; data/words.txt says which word is of which.
type class uint64

const (
	fill  class = 1 << iota // says nothing about what is counted
	now                     // this year
	etc                     // 等: what stands before it are examples
	gi                      // 政府信息公开: scopes what follows
	among                   // 其中
	own                     // the reporter itself
	wide                    // everybody below it
	whole
	office  // the office of the government
	narrow  // only the government's own level
	channel // by letter, online …
	site    // where it happened
	period  // a part of the year, or many years
	change  // compared with something
	prev    // the year before
	next    // the year after
	roll    // carried over
	stay    // still being worked on
	app     // applications
	receive
	fresh // newly received
	done
	closed
	row // a row of table three
	rest
	open // 公开, which may be an outcome
	col  // a column of table three
	recon
	lit
	direct
	after
	both
	appeal
	judge // the reporter decides on others' cases
	result
	docs
	makes
	publish
	repeal
	force
	exec
	show
	entry
	fee
	notice
	got
	amount
	send
	topic
	neg
	upheld
	settled
	share
	year // a date: not in the list
)

var classes = map[string]class{"fill": fill, "now": now, "etc": etc, "gi": gi, "among": among, "own": own, "wide": wide, "whole": whole, "office": office,
	"narrow": narrow, "channel": channel, "site": site, "period": period, "change": change, "prev": prev, "next": next, "go": roll, "stay": stay,
	"app": app, "receive": receive, "new": fresh, "done": done, "closed": closed, "row": row, "rest": rest, "open": open, "col": col, "recon": recon,
	"lit": lit, "direct": direct, "after": after, "both": both, "appeal": appeal, "judge": judge, "result": result, "docs": docs, "make": makes,
	"publish": publish, "repeal": repeal, "force": force, "exec": exec, "show": show, "entry": entry, "fee": fee, "notice": notice, "got": got,
	"sum": amount, "send": send, "topic": topic, "neg": neg, "upheld": upheld, "settled": settled, "share": share}

// word is an entry of the list. A word may be in several classes.
type word struct {
	text  string
	runes int
	class class
	rows  rows
	cols  cols
	group result4
	arg   string // what kind of document or of act
	label bool   // the words the form itself prints
}

var vocabulary = loadWords()

var matcher = func() *zh.Matcher {
	texts := make([]string, len(vocabulary))
	for i, w := range vocabulary {
		texts[i] = w.text
	}
	return zh.NewMatcher(texts, nil)
}()

func loadWords() []word {
	index := map[string]int{}
	var all []word
	for _, line := range strings.Split(wordList, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		name, arg, _ := strings.Cut(fields[0], "=")
		c, ok := classes[name]
		if !ok {
			panic(fmt.Sprintf("data/words.txt: no class %q", name))
		}
		arg, label := strings.CutSuffix(arg, "!")
		for _, text := range fields[1:] {
			text = strings.Map(fold, text)
			i, seen := index[text]
			if !seen {
				i = len(all)
				index[text] = i
				all = append(all, word{text: text, runes: utf8.RuneCountInString(text)})
			}
			w := &all[i]
			w.class |= c
			w.label = w.label || label
			switch c {
			case row:
				w.rows |= rowNames[arg]
				if rowNames[arg] == 0 {
					panic(fmt.Sprintf("data/words.txt: no row %q", arg))
				}
			case col:
				w.cols |= colNames[arg]
			case result:
				w.group |= resultNames[arg]
			case docs, exec:
				w.arg = arg
			}
		}
	}
	return all
}

// cells of table three and four are named by sets: a claim is about the rows of
// one set in the columns of another.
type (
	rows    uint32
	cols    uint8
	result4 uint8 // results of remedies
	ways    uint8 // kinds of remedies
)

const (
	rNew rows = 1 << iota
	rCarried
	rGranted
	rPartial
	rDeny1
	rDeny2
	rDeny3
	rDeny4
	rDeny5
	rDeny6
	rDeny7
	rDeny8
	rUnable1
	rUnable2
	rUnable3
	rReject1
	rReject2
	rReject3
	rReject4
	rReject5
	rOther1
	rOther2
	rOther3
	rOther
	rTotal
	rForward
)

const (
	rDeny    = rDeny1 | rDeny2 | rDeny3 | rDeny4 | rDeny5 | rDeny6 | rDeny7 | rDeny8
	rUnable  = rUnable1 | rUnable2 | rUnable3
	rReject  = rReject1 | rReject2 | rReject3 | rReject4 | rReject5
	rOthers  = rOther1 | rOther2 | rOther3 | rOther
	rResults = rGranted | rPartial | rDeny | rUnable | rReject | rOthers
)

// rowIDs are the form's names of the rows, in the order of the bits.
var rowIDs = strings.Fields("new carried granted partial deny1 deny2 deny3 deny4 deny5 deny6 deny7 deny8 unable1 unable2 unable3 " +
	"reject1 reject2 reject3 reject4 reject5 other1 other2 other3 other total forward")

var rowNames = func() map[string]rows {
	m := map[string]rows{"deny": rDeny, "unable": rUnable, "reject": rReject, "other": rOthers}
	for i, id := range rowIDs {
		if _, group := m[id]; !group {
			m[id] = 1 << i
		}
	}
	return m
}()

const (
	cNatural cols = 1 << iota
	cBusiness
	cScience
	cWelfare
	cLaw
	cRest
	cTotal
	cLegal = cBusiness | cScience | cWelfare | cLaw | cRest
)

var colIDs = strings.Fields("自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计")

var colNames = map[string]cols{"自然人": cNatural, "法人": cLegal, "商业企业": cBusiness, "科研机构": cScience, "社会公益组织": cWelfare, "法律服务机构": cLaw}

const (
	upheldResult result4 = 1 << iota
	correctedResult
	otherResult
	pendingResult
	allResults // the column 总计
)

var resultIDs = strings.Fields("维持 纠正 其他 未审结 总计")

var resultNames = map[string]result4{"维持": upheldResult, "纠正": correctedResult, "其他": otherResult, "未审结": pendingResult}

const (
	wayRecon ways = 1 << iota
	wayDirect
	wayAfter
)

var wayIDs = strings.Fields("reconsideration litigation litigation_after")
