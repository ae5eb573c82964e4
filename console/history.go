package console

import (
	"encoding/json"
	"fmt"
	"slices"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
)

// actWords says the acts of the ledger for people.
var actWords = map[string]struct{ say, kind string }{
	"publication.draft":        {"新建草稿", ""},
	"publication.keep":         {"保存版本", ""},
	"publication.submit":       {"送审", ui.Note},
	"publication.recall":       {"收回", ui.Warn},
	"publication.clear":        {"各级审查全部同意", ui.Good},
	"publication.returned":     {"退回修改", ui.Warn},
	"publication.schedule":     {"预约定时发布", ui.Note},
	"publication.unschedule":   {"取消定时发布", ui.Warn},
	"publication.publish":      {"首次公开", ui.Good},
	"publication.change":       {"公开修改后的版本", ui.Good},
	"publication.kept":         {"确定不主动公开", ui.Note},
	"publication.withdraw":     {"撤回", ui.Bad},
	"publication.revise":       {"开始修改", ""},
	"publication.discard":      {"删除草稿", ui.Warn},
	"publication.reinstate":    {"撤销手工登记的有效性变更", ui.Note},
	"publication.related":      {"因其他文件而变更有效性", ui.Note},
	"publication.interpreted":  {"发布了解读", ""},
	"publication.lapse":        {"按日期变更有效性", ui.Note},
	"publication.archive":      {"移送归档", ui.Good},
	"publication.adopt":        {"从原网站移入", ui.Good},
	"review.submit":            {"收到送审", ""},
	"review.sign":              {"签署同意", ui.Good},
	"review.return":            {"退回", ui.Warn},
	"review.recall":            {"收回送审", ui.Warn},
	"review.spend":             {"审定结果已用于发布", ""},
	"review.adopt":             {"按原公开情况审定", ""},
	"review.chain":             {"设置审查流程", ""},
	"org.add":                  {"增加机构", ""},
	"org.change":               {"修改机构资料", ""},
	"identity.create":          {"建立账号", ""},
	"identity.edit":            {"修改人员资料", ""},
	"identity.activate":        {"启用账号", ui.Good},
	"identity.lock":            {"停用账号", ui.Warn},
	"identity.unlock":          {"解锁账号", ""},
	"identity.grant":           {"授予角色", ""},
	"identity.revoke":          {"收回角色", ui.Warn},
	"identity.reset":           {"重置口令", ""},
	"identity.leave":           {"注销账号", ui.Warn},
	"identity.token":           {"发放接口令牌", ui.Note},
	"identity.token-end":       {"收回接口令牌", ""},
	"identity.succeed":         {"交接", ""},
	"identity.bootstrap":       {"设立首任管理员", ""},
	"publication.edit":         {"手工登记有效性变更", ui.Note},
	"publication.transfer":     {"登记移送", ui.Good},
	"review.lapse":             {"审查结果失效", ui.Warn},
	"review.chain_drop":        {"取消审查流程", ""},
	"coordination.ask":         {"征求有关机关意见", ui.Note},
	"coordination.renew":       {"由新的征求意见代替", ""},
	"coordination.agree":       {"有关机关同意", ui.Good},
	"coordination.amend":       {"有关机关提出修改意见", ui.Warn},
	"coordination.refuse":      {"有关机关不同意", ui.Bad},
	"coordination.escalate":    {"报请协调", ui.Note},
	"coordination.publish":     {"协调同意公开", ui.Good},
	"coordination.change":      {"协调为修改后公开", ui.Warn},
	"coordination.withhold":    {"协调为不予公开", ui.Bad},
	"coordination.withdraw":    {"撤回征求意见", ui.Warn},
	"publication.repeal":       {"手工登记废止或者代替", ui.Bad},
	"publication.amend":        {"手工登记修改", ui.Note},
	"document.add":             {"上传文件", ""},
	"document.read":            {"读取文件", ""},
	"identity.code-on":         {"启用动态口令", ui.Good},
	"identity.code-off":        {"停用动态口令", ui.Warn},
	"identity.recovery-new":    {"重新生成恢复码", ""},
	"identity.recovery-used":   {"使用恢复码登录", ui.Warn},
	"identity.rehash":          {"更新口令的保护方式", ""},
	"identity.reseal":          {"更新动态口令的保护方式", ""},
	"identity.password":        {"更换口令", ""},
	"annualreport.open":        {"开始年报编报", ui.Good},
	"annualreport.dates":       {"调整年报报送时限", ui.Note},
	"annualreport.add":         {"增加年报报送单位", ""},
	"annualreport.remind":      {"发出年报报送提醒", ui.Note},
	"annualreport.begin":       {"列入年报编报", ""},
	"annualreport.due":         {"调整报送时限", ui.Note},
	"annualreport.excuse":      {"列为免报", ui.Warn},
	"annualreport.call":        {"恢复报送", ""},
	"annualreport.correct":     {"更正数据", ui.Warn},
	"annualreport.uncorrect":   {"撤销更正", ui.Note},
	"annualreport.write":       {"保存年报正文", ""},
	"annualreport.explain":     {"说明检查结果", ""},
	"annualreport.submit":      {"报送年报", ui.Note},
	"annualreport.recall":      {"收回报送", ui.Warn},
	"annualreport.return":      {"退回年报", ui.Warn},
	"annualreport.accept":      {"接受年报", ui.Good},
	"annualreport.paper":       {"生成年报发布稿", ui.Good},
	"annualreport.adopt":       {"读入往年年报", ""},
	"inspection.confirm":       {"确认检查结果", ui.Warn},
	"inspection.dismiss":       {"认定误报", ui.Note},
	"inspection.except":        {"批准例外，保留内容", ui.Note},
	"inspection.mend":          {"报告整改", ui.Note},
	"inspection.vanish":        {"复检未再发现", ui.Good},
	"inspection.close":         {"复查办结", ui.Good},
	"inspection.back":          {"复查仍存在，退回整改", ui.Bad},
	"inspection.again":         {"办结后再次出现", ui.Bad},
	"inspection.lapse":         {"例外到期或者撤销", ui.Warn},
	"inspection.reopen":        {"重新打开检查结果", ui.Warn},
	"inspection.exception":     {"批准例外", ui.Note},
	"inspection.exception_end": {"撤销例外", ui.Warn},
	"inspection.switch_off":    {"关闭检查规则", ui.Warn},
	"inspection.switch_on":     {"启用检查规则", ui.Good},
	"inspection.word":          {"登记检查词条", ""},
	"inspection.word_drop":     {"删除检查词条", ui.Warn},
	"ledger.begin":             {"存证开始", ""},
	"register.add":             {"登记台账", ui.Good},
	"register.import":          {"导入台账", ui.Good},
	"register.change":          {"修改台账", ui.Note},
	"register.strike":          {"作废台账条目", ui.Bad},
	"register.open":            {"台账开始登记", ""},
	"register.empty":           {"台账恢复为尚未登记", ""},
	"register.declare":         {"声明本年无", ui.Note},
	"register.undeclare":       {"取消声明本年无", ui.Warn},
	"register.close":           {"台账封账", ui.Good},
	"register.reopen":          {"台账重新打开", ui.Warn},
}

// actWord says one act, by its name when it has no words.
func actWord(act string) (say, kind string) {
	if w, ok := actWords[act]; ok {
		return w.say, w.kind
	}
	return act, ""
}

// history is what happened to an item, the latest first: its entries in the
// ledger, with the opinions of those who reviewed it.
func history(tx *db.Tx, tree *org.Tree, row publication.Row) ([]ui.Event, error) {
	entries, err := ledger.BySubject(tx, row.ID.Subject())
	if err != nil {
		return nil, err
	}
	submissions, err := review.Of(tx, row.ID.Subject())
	if err != nil {
		return nil, err
	}
	var who []string
	for _, e := range entries {
		who = append(who, e.Who)
	}
	for _, s := range submissions {
		for _, sig := range s.Signatures {
			who = append(who, string(sig.By))
		}
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return nil, err
	}
	consultations, err := coordination.Of(tx, row.ID.Subject())
	if err != nil {
		return nil, err
	}
	all, err := consultationEvents(tx, tree, consultations)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		say, kind := actWord(e.Act)
		all = append(all, timedEvent{db.Ms(e.Time), ui.Event{
			Time: web.Moment(e.Time), Machine: web.Machine(e.Time), Title: say, Kind: kind, Who: personIn(names, e.Who, tree, e.Unit), Say: publicWords(e.Public),
			URL: "",
		}})
	}
	for _, s := range submissions {
		for _, sig := range s.Signatures {
			ev := ui.Event{Time: web.Moment(sig.At), Machine: web.Machine(sig.At), Title: sig.Name + "：同意", Kind: ui.Good, Who: personIn(names, string(sig.By), tree, string(sig.Unit)), Say: sig.Opinion, URL: Root + "/reviews/" + string(s.ID)}
			if !sig.Sign {
				ev.Title, ev.Kind = sig.Name+"：退回", ui.Warn
			}
			all = append(all, timedEvent{db.Ms(sig.At), ev})
		}
	}
	slices.SortStableFunc(all, func(a, b timedEvent) int { return int(b.at - a.at) })
	out := make([]ui.Event, len(all))
	for i, e := range all {
		out[i] = e.Event
	}
	return out, nil
}

// timedEvent is an event with the instant it is sorted by.
type timedEvent struct {
	at int64
	ui.Event
}

func personIn(names map[string]string, who string, tree *org.Tree, unit string) string {
	name := names[who]
	if name == "" {
		name = "（未具名）"
	}
	if unit == "" {
		return name
	}
	return name + "，" + tree.Name(org.ID(unit))
}

// publicWords says the public part of an entry in words.
func publicWords(public string) string {
	var m map[string]any
	if json.Unmarshal([]byte(public), &m) != nil {
		return ""
	}
	say := ""
	add := func(name, key string) {
		if v, ok := m[key]; ok && v != "" {
			say = joinNote(say, name+fmt.Sprint(v))
		}
	}
	add("版本：第", "version")
	if _, ok := m["version"]; ok {
		say += "版"
	}
	add("理由：", "why")
	add("发布时间：", "at")
	add("依据：", "basis")
	add("接收单位：", "receiver")
	if v, ok := m["validity"].(string); ok {
		say = joinNote(say, "有效性："+publication.Validity(v).Name())
	}
	if v, ok := m["attribute"].(string); ok {
		say = joinNote(say, "公开属性："+review.Attribute(v).Name())
	}
	return say
}
