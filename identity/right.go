package identity

import "strings"

// Right is permission for one kind of act (权限), named "pillar.act".
type Right string

// The rights, by pillar. Those ending in ".read" change nothing.
const (
	OrgRead     Right = "org.read"     // see units with their inner details
	OrgDescribe Right = "org.describe" // change a unit's contact, duties, leaders, sections
	OrgEdit     Right = "org.edit"     // add, move, rename, close units

	PeopleRead   Right = "identity.read"   // see who is who and holds what
	PeopleEdit   Right = "identity.people" // create people, change their details, reset passwords, let them leave
	PeopleGrant  Right = "identity.grant"  // grant and take back roles, hand them over
	PeopleUnlock Right = "identity.unlock" // activate, lock and unlock people
	LoginsRead   Right = "identity.logins.read"

	LedgerRead Right = "ledger.read" // see the record with who did it, and verify it

	DocumentRead Right = "document.read" // open kept files that are not public
	DocumentAdd  Right = "document.add"  // upload

	SearchRebuild Right = "search.rebuild" // build the index again from the records

	InspectionRead   Right = "inspection.read"   // see findings
	InspectionSettle Right = "inspection.settle" // confirm or dismiss a finding
	InspectionRules  Right = "inspection.rules"  // turn rules on and off, keep word lists

	ReviewRead   Right = "review.read"  // see submissions and their signatures
	ReviewFirst  Right = "review.first" // sign or return at the first level
	ReviewSecret Right = "review.secrecy"
	ReviewSecond Right = "review.second"
	ReviewFinal  Right = "review.final"
	ReviewChain  Right = "review.chain" // say which levels a unit's content passes

	ReviewConsult    Right = "review.consult"    // answer for one's unit when another asks before it publishes
	ReviewCoordinate Right = "review.coordinate" // decide for units below when they and an organ do not agree

	PublicationRead     Right = "publication.read"     // see drafts, versions and what is not public
	PublicationDraft    Right = "publication.draft"    // write, change and submit
	PublicationPublish  Right = "publication.publish"  // publish what is cleared, now or at a time
	PublicationWithdraw Right = "publication.withdraw" // take back with a reason
	PublicationValidity Right = "publication.validity" // repeal, amend, let expire
	PublicationArrange  Right = "publication.arrange"  // columns and what stands where
	PublicationImport   Right = "publication.import"   // take over what was published elsewhere

	RegisterRead  Right = "register.read"  // see the registers behind the annual report
	RegisterWrite Right = "register.write" // add, change, strike, import, declare that there was nothing
	RegisterLock  Right = "register.lock"  // lock a closed year of units below, and open it again

	RequestRead   Right = "foi.read"   // see requests with the applicant's data; each view is logged
	RequestHandle Right = "foi.handle" // receive, ask, extend, reply

	ReportRead   Right = "annualreport.read"   // see annual reports that are not public, with what stands behind each figure
	ReportFill   Right = "annualreport.fill"   // compile a unit's report and hand it in
	ReportAccept Right = "annualreport.accept" // open a year, set due dates, return and accept

	SuperviseRead Right = "supervise.read" // see figures, bulletins, scores
	SuperviseAct  Right = "supervise.act"  // issue bulletins and rectification notices

	JobsRead   Right = "jobs.read"   // see the queue and the timetable
	JobsRun    Right = "jobs.run"    // run, retry and cancel jobs
	ConfigRead Right = "config.read" // see the configuration in force, secrets hidden
)

// rightTitles gives each right its name for people, in the order of the
// pillars. A right that is not here does not exist.
var rightTitles = []struct {
	right Right
	title string
}{
	{OrgRead, "查看机构资料"},
	{OrgDescribe, "维护机构概况"},
	{OrgEdit, "管理机构"},
	{PeopleRead, "查看人员"},
	{PeopleEdit, "管理人员账号"},
	{PeopleGrant, "授予和收回角色"},
	{PeopleUnlock, "启用、锁定和解锁账号"},
	{LoginsRead, "查看登录审计"},
	{LedgerRead, "查看存证记录"},
	{DocumentRead, "查看未公开文件"},
	{DocumentAdd, "上传文件"},
	{SearchRebuild, "重建检索索引"},
	{InspectionRead, "查看检查结果"},
	{InspectionSettle, "处理检查结果"},
	{InspectionRules, "管理检查规则"},
	{ReviewRead, "查看审查情况"},
	{ReviewFirst, "初审"},
	{ReviewSecret, "保密审查"},
	{ReviewSecond, "复审"},
	{ReviewFinal, "终审"},
	{ReviewChain, "设置审查流程"},
	{ReviewConsult, "答复发布协调"},
	{ReviewCoordinate, "裁定发布协调"},
	{PublicationRead, "查看未公开信息"},
	{PublicationDraft, "起草信息"},
	{PublicationPublish, "发布信息"},
	{PublicationWithdraw, "撤回信息"},
	{PublicationValidity, "变更文件有效性"},
	{PublicationArrange, "管理栏目"},
	{PublicationImport, "导入信息"},
	{RegisterRead, "查看台账"},
	{RegisterWrite, "登记台账"},
	{RegisterLock, "锁定台账"},
	{RequestRead, "查看公开申请"},
	{RequestHandle, "办理公开申请"},
	{ReportRead, "查看未公开年报"},
	{ReportFill, "编报年报"},
	{ReportAccept, "组织年报编报和审核"},
	{SuperviseRead, "查看监督数据"},
	{SuperviseAct, "开展监督"},
	{JobsRead, "查看后台任务"},
	{JobsRun, "运行后台任务"},
	{ConfigRead, "查看系统配置"},
}

// Rights lists every right, in the order of the pillars.
func Rights() []Right {
	all := make([]Right, len(rightTitles))
	for i, r := range rightTitles {
		all[i] = r.right
	}
	return all
}

// Title is the right's name for people, the right itself when it has none.
func (r Right) Title() string {
	for _, t := range rightTitles {
		if t.right == r {
			return t.title
		}
	}
	return string(r)
}

// Pillar is the package whose acts the right permits.
func (r Right) Pillar() string {
	pillar, _, _ := strings.Cut(string(r), ".")
	return pillar
}

// Reads reports whether the right only lets one see.
func (r Right) Reads() bool { return strings.HasSuffix(string(r), ".read") }
