package auth

import "liandu/internal/record"

// Role is what an account is for.
type Role string

// The roles (interface.md, Accounts).
const (
	Administrator Role = "administrator" // 管理员
	Supervisor    Role = "supervisor"    // 督导人员
	Leader        Role = "leader"        // 领导: reads
	County        Role = "county"        // 填报单位: its own unit only
	Auditor       Role = "auditor"       // 审计员: the journal only
)

// Roles lists the roles in the order pages show them.
var Roles = []Role{Administrator, Supervisor, Leader, County, Auditor}

// Chinese returns the role's name on pages, "" for an unknown one.
func (r Role) Chinese() string {
	return map[Role]string{
		Administrator: "管理员", Supervisor: "督导人员", Leader: "领导", County: "填报单位", Auditor: "审计员",
	}[r]
}

// Duty returns in words what the role may do, for the form that chooses it.
func (r Role) Duty() string {
	return map[Role]string{
		Administrator: "管理账号和数据，可查看全部数据、受理报送",
		Supervisor:    "查看全部数据，受理报送，出通报和督导函",
		Leader:        "只查看，不改动",
		County:        "只报送和查看本单位，签收和反馈督办事项",
		Auditor:       "只查看操作日志",
	}[r]
}

// Account is a person who may sign in. Unit is given for County alone.
type Account struct {
	Login    string
	Name     string
	Role     Role
	Unit     record.UnitCode
	Disabled bool
	Demo     bool // the demo link's account, which no journal line made

	hash string
	seq  int64
}

// Permission is one thing an account may be allowed to do.
type Permission string

// The permissions. A route names exactly one; Public and SignedIn need no role.
const (
	Public      Permission = "public"       // nobody need be signed in
	SignedIn    Permission = "signed_in"    // any account, for itself
	ReadFigures Permission = "read_figures" // indicators, ledgers, findings, exports
	ReadFiles   Permission = "read_files"   // submissions, their problems and originals
	Submit      Permission = "submit"       // hand in workbooks
	Decide      Permission = "decide"       // accept held workbooks or send them back
	Manage      Permission = "manage"       // accounts, units, backup, verify
	ReadAudit   Permission = "read_audit"   // the journal
	Supervise   Permission = "supervise"    // open matters, give, check, close and withdraw them
	Answer      Permission = "answer"       // sign for a matter and answer it
	ReadPapers  Permission = "read_papers"  // official papers that were issued
	DraftPapers Permission = "draft_papers" // official papers before they are issued
	IssuePapers Permission = "issue_papers" // freeze and number them
	ChangeRules Permission = "change_rules" // adjust, suspend, add and adopt the city's rules
)

// Permissions lists them all, for the test that walks role × permission.
var Permissions = []Permission{Public, SignedIn, ReadFigures, ReadFiles, Submit, Decide, Manage, ReadAudit, Supervise, Answer, ReadPapers, DraftPapers, IssuePapers, ChangeRules}

// Can reports whether an account may do something to a unit; unit "" means no unit in particular, in which case a
// County account's answer is narrowed by queries.AsOf.Scope. The unit is the submitting one: a township's is its county.
// A disabled account and the zero Account may do nothing but what is Public.
func Can(a Account, p Permission, unit record.UnitCode) bool {
	if p == Public {
		return true
	}
	if a.Login == "" || a.Disabled || a.Role.Chinese() == "" {
		return false
	}
	if p == SignedIn {
		return true
	}
	if a.Role == County && (a.Unit == "" || unit != "" && unit != a.Unit) {
		return false
	}
	switch p {
	case ReadFigures, ReadFiles, ReadPapers:
		return a.Role != Auditor
	case Submit:
		return a.Role == Administrator || a.Role == Supervisor || a.Role == County
	case DraftPapers:
		return a.Role == Administrator || a.Role == Supervisor || a.Role == Leader
	case Decide, IssuePapers:
		return a.Role == Administrator || a.Role == Supervisor
	case Supervise, ChangeRules:
		return a.Role == Administrator || a.Role == Supervisor
	case Answer:
		return a.Role == Administrator || a.Role == Supervisor || a.Role == County
	case Manage:
		return a.Role == Administrator
	case ReadAudit:
		return a.Role == Administrator || a.Role == Auditor
	}
	return false
}

// Scope returns the unit to which everything the account sees is limited, "" for no limit.
func (a Account) Scope() record.UnitCode {
	if a.Role == County {
		return a.Unit
	}
	return ""
}
