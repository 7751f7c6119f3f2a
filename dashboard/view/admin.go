package view

import (
	"fmt"
	"net/url"
	"strings"

	"liandu/internal/auth"
	"liandu/internal/record"
)

// AccountsInput is what the page of accounts is made of. Form and Error come back when it was refused.
type AccountsInput struct {
	Accounts []auth.Account
	Units    []record.Unit // submitters, to choose from
	Self     string
	Form     AccountForm
}

// Accounts is the page 系统管理 · 账号.
type Accounts struct {
	Tabs    []Tab
	Rows    []AccountLine
	Foot    string
	Form    AccountForm
	Roles   []RoleOption
	Units   []Option
	ResetOf string // login whose new password is being typed
	Error   string // why that was refused
}

// AccountForm is the form for a new account with what was typed.
type AccountForm struct {
	Login string
	Name  string
	Role  string
	Unit  string
	Error string
}

// RoleOption is a role with what it may do.
type RoleOption struct {
	Value    string
	Text     string
	Duty     string
	Selected bool
}

// AccountLine is one account. Path is where its changes are posted.
type AccountLine struct {
	Login    string
	Name     string
	Role     string
	Unit     string
	Disabled bool
	Self     bool
	Path     string
}

// Tab is one page of 系统管理.
type Tab struct {
	Name    string
	Path    string
	Current bool
}

// AdminTabs returns the pages of 系统管理 with the current one marked.
func AdminTabs(path string) []Tab {
	tabs := []Tab{
		{Name: "账号", Path: "/admin"}, {Name: "单位", Path: "/admin/units"}, {Name: "设置", Path: "/admin/settings"},
		{Name: "备份与校验", Path: "/admin/data"},
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Path == path
	}
	return tabs
}

// NewAccounts shapes the page.
func NewAccounts(in AccountsInput) Accounts {
	p := Accounts{Tabs: AdminTabs("/admin"), Form: in.Form}
	names := map[record.UnitCode]string{}
	for _, u := range in.Units {
		names[u.Code] = u.Name
		p.Units = append(p.Units, Option{string(u.Code), u.Name, string(u.Code) == in.Form.Unit})
	}
	for _, r := range auth.Roles {
		p.Roles = append(p.Roles, RoleOption{string(r), r.Chinese(), r.Duty(), string(r) == in.Form.Role})
	}
	disabled := 0
	for _, a := range in.Accounts {
		if a.Disabled {
			disabled++
		}
		unit := names[a.Unit]
		if unit == "" {
			unit = string(a.Unit)
		}
		p.Rows = append(p.Rows, AccountLine{
			Login: a.Login, Name: a.Name, Role: a.Role.Chinese(), Unit: text(unit), Disabled: a.Disabled,
			Self: a.Login == in.Self, Path: "/admin/accounts/" + url.PathEscape(a.Login),
		})
	}
	p.Foot = fmt.Sprintf("共 %d 个账号，停用 %d 个", len(p.Rows), disabled)
	return p
}

// UnitsInput is what the register of units is made of.
type UnitsInput struct {
	Units []record.Unit
	Text  string
	Level string
}

// Units is the page 系统管理 · 单位.
type Units struct {
	Tabs   []Tab
	Text   string
	Levels []Option
	Rows   []UnitLine
	Foot   string
}

// UnitLine is one entry of the register.
type UnitLine struct {
	Code      string
	Name      string
	Level     string
	Parent    string
	Submitter bool
	Aliases   string
	Valid     string
	Successor string
}

// NewUnits shapes the page: the units whose code, name or alias holds the text, of the level asked.
func NewUnits(in UnitsInput) Units {
	p := Units{Tabs: AdminTabs("/admin/units"), Text: in.Text}
	names := map[record.UnitCode]string{}
	counts := map[record.Level]int{}
	for _, u := range in.Units {
		names[u.Code] = u.Name
		counts[u.Level]++
	}
	for _, l := range record.Levels {
		if counts[l] > 0 {
			p.Levels = append(p.Levels, Option{string(l), fmt.Sprintf("%s %d", l.Chinese(), counts[l]), string(l) == in.Level})
		}
	}
	submitters := 0
	for _, u := range in.Units {
		if in.Level != "" && string(u.Level) != in.Level || !unitHolds(u, strings.TrimSpace(in.Text)) {
			continue
		}
		if u.Submitter {
			submitters++
		}
		p.Rows = append(p.Rows, UnitLine{
			Code: string(u.Code), Name: u.Name, Level: u.Level.Chinese(), Parent: text(names[u.Parent]), Submitter: u.Submitter,
			Aliases: text(strings.Join(u.Aliases, "、")), Valid: validity(u), Successor: text(names[u.Successor]),
		})
	}
	p.Foot = fmt.Sprintf("所示 %d 个，其中填报单位 %d 个；登记共 %d 个", len(p.Rows), submitters, len(in.Units))
	return p
}

func unitHolds(u record.Unit, s string) bool {
	return s == "" || strings.Contains(u.Name, s) || strings.Contains(string(u.Code), s) || strings.Contains(strings.Join(u.Aliases, "|"), s)
}

func validity(u record.Unit) string {
	switch {
	case u.ValidFrom.IsZero() && u.ValidTo.IsZero():
		return "长期"
	case u.ValidTo.IsZero():
		return u.ValidFrom.String() + " 起"
	case u.ValidFrom.IsZero():
		return "至 " + u.ValidTo.String()
	}
	return u.ValidFrom.String() + " 至 " + u.ValidTo.String()
}
