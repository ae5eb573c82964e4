package identity

import "slices"

// Role is what a person is in a unit (角色).
type Role string

// The roles. The three administrators (三员) stand alone, see [Role.Admin].
const (
	Publisher  Role = "publisher"  // 信息员: writes and publishes
	First      Role = "first"      // 初审
	Secrecy    Role = "secrecy"    // 保密审查
	Second     Role = "second"     // 复审
	Final      Role = "final"      // 终审
	Officer    Role = "officer"    // 依申请经办: handles requests for disclosure
	Supervisor Role = "supervisor" // 政务公开办: supervises the units below it
	Auditor    Role = "auditor"    // 审计员（查阅）: sees the work, changes nothing
	SysAdmin   Role = "sysadmin"   // 系统管理员: units, accounts, operation
	SecAdmin   Role = "secadmin"   // 安全管理员: who may do what
	AuditAdmin Role = "auditadmin" // 审计管理员: reads what everybody did
)

// reviewing is what each level of review sees besides its own signature.
var reviewing = []Right{OrgRead, DocumentRead, InspectionRead, ReviewRead, PublicationRead, ReportRead}

// roleTable is the whole of what each role may do. Every role reaches the unit
// it is held in and the units below it: a department's second-level agencies
// hang under the department, and whoever works for one office only is given
// the role on that office.
var roleTable = []struct {
	role   Role
	title  string
	admin  bool // one of the three that exclude all other roles
	rights []Right
}{
	{Publisher, "信息员", false, []Right{
		OrgRead, OrgDescribe, DocumentRead, DocumentAdd, InspectionRead, InspectionSettle, ReviewRead,
		PublicationRead, PublicationDraft, PublicationPublish, PublicationWithdraw, PublicationValidity,
		RegisterRead, RegisterWrite, ReportRead, ReportFill,
	}},
	{First, "初审", false, append([]Right{ReviewFirst, ReviewConsult}, reviewing...)},
	{Secrecy, "保密审查", false, append([]Right{ReviewSecret}, reviewing...)},
	{Second, "复审", false, append([]Right{ReviewSecond, ReviewConsult}, reviewing...)},
	{Final, "终审", false, append([]Right{ReviewFinal, ReviewConsult, PublicationWithdraw}, reviewing...)},
	{Officer, "依申请经办", false, []Right{
		OrgRead, DocumentRead, DocumentAdd, RegisterRead, RegisterWrite, RequestRead, RequestHandle,
	}},
	{Supervisor, "政务公开办", false, []Right{
		OrgRead, OrgDescribe, PeopleRead, DocumentRead, DocumentAdd, InspectionRead, InspectionSettle, InspectionRules,
		ReviewRead, ReviewChain, ReviewCoordinate, PublicationRead, PublicationWithdraw, PublicationArrange, PublicationImport,
		RegisterRead, RegisterLock, RequestRead, ReportRead, ReportAccept, SuperviseRead, SuperviseAct,
	}},
	{Auditor, "审计员", false, []Right{
		OrgRead, PeopleRead, LedgerRead, DocumentRead, InspectionRead, ReviewRead, PublicationRead,
		RegisterRead, ReportRead, SuperviseRead,
	}},
	{SysAdmin, "系统管理员", true, []Right{
		OrgRead, OrgDescribe, OrgEdit, PeopleRead, PeopleEdit, SearchRebuild, JobsRead, JobsRun, ConfigRead,
	}},
	{SecAdmin, "安全管理员", true, []Right{
		OrgRead, PeopleRead, PeopleGrant, PeopleUnlock, ConfigRead,
	}},
	{AuditAdmin, "审计管理员", true, []Right{
		OrgRead, PeopleRead, LoginsRead, LedgerRead, JobsRead, ConfigRead,
	}},
}

// Roles lists every role, the three administrators last.
func Roles() []Role {
	all := make([]Role, len(roleTable))
	for i, r := range roleTable {
		all[i] = r.role
	}
	return all
}

// Known reports whether there is such a role.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Title is the role's name for people.
func (r Role) Title() string {
	for _, t := range roleTable {
		if t.role == r {
			return t.title
		}
	}
	return string(r)
}

// Admin reports whether the role is one of the three administrators (三员),
// which exclude each other and every other role.
func (r Role) Admin() bool {
	for _, t := range roleTable {
		if t.role == r {
			return t.admin
		}
	}
	return false
}

// Rights lists what the role may do, in the order of [Rights].
func (r Role) Rights() []Right {
	var rights []Right
	for _, t := range roleTable {
		if t.role != r {
			continue
		}
		for _, right := range Rights() {
			if slices.Contains(t.rights, right) {
				rights = append(rights, right)
			}
		}
	}
	return rights
}

// Has reports whether the role gives the right.
func (r Role) Has(right Right) bool {
	for _, t := range roleTable {
		if t.role == r {
			return slices.Contains(t.rights, right)
		}
	}
	return false
}

// RolesWith lists the roles that give the right.
func RolesWith(right Right) []Role {
	var roles []Role
	for _, t := range roleTable {
		if slices.Contains(t.rights, right) {
			roles = append(roles, t.role)
		}
	}
	return roles
}

// excludes reports whether one person may not hold both roles.
func excludes(a, b Role) bool { return a != b && (a.Admin() || b.Admin()) }
