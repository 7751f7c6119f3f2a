package dashboard

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/record"
)

// accounts is 系统管理 · 账号.
func (s *Server) accounts(c *gin.Context) error {
	return s.accountsPage(c, http.StatusOK, func(*view.Accounts) {}, view.AccountForm{Role: string(auth.County)})
}

func (s *Server) accountsPage(c *gin.Context, status int, change func(*view.Accounts), form view.AccountForm) error {
	list, err := s.deps.Auth.List(c.Request.Context())
	if err != nil {
		return err
	}
	units, err := s.submitters(c.Request.Context())
	if err != nil {
		return err
	}
	p := view.NewAccounts(view.AccountsInput{Accounts: list, Units: units, Self: account(c).Login, Form: form})
	change(&p)
	return s.render(c, status, "admin_accounts", p)
}

func (s *Server) accountAdd(c *gin.Context) error {
	form := view.AccountForm{Login: c.PostForm("login"), Name: c.PostForm("name"), Role: c.PostForm("role"), Unit: c.PostForm("unit")}
	a := auth.Account{Login: form.Login, Name: form.Name, Role: auth.Role(form.Role), Unit: record.UnitCode(form.Unit)}
	if a.Role != auth.County {
		a.Unit = "" // the selector of units means nothing for the other roles
	}
	err := sameTwice(c)
	if err == nil {
		err = s.knownUnit(c.Request.Context(), a.Unit)
	}
	if err == nil {
		err = s.deps.Auth.Add(c.Request.Context(), account(c).Login, a, c.PostForm("password"))
	}
	if fault.CodeOf(err) != "" {
		form.Error = err.Error()
		return s.accountsPage(c, fault.Status(fault.CodeOf(err)), func(*view.Accounts) {}, form)
	}
	if err != nil {
		return err
	}
	return redirect(c, "/admin", "账号已添加。请把账号和初始密码告知使用人，并请其登录后修改密码。")
}

func (s *Server) accountReset(c *gin.Context) error {
	login := c.Param("login")
	err := sameTwice(c)
	if err == nil {
		err = s.deps.Auth.Reset(c.Request.Context(), account(c).Login, login, c.PostForm("password"))
	}
	if code := fault.CodeOf(err); code != "" && code != fault.NotFound {
		return s.accountsPage(c, fault.Status(code), func(p *view.Accounts) { p.ResetOf, p.Error = login, err.Error() }, view.AccountForm{Role: string(auth.County)})
	}
	if err != nil {
		return err
	}
	return redirect(c, "/admin", "密码已重置，该账号的登录已全部退出。")
}

func (s *Server) accountDisable(c *gin.Context) error {
	return s.setDisabled(c, true, "账号已停用。")
}

func (s *Server) accountEnable(c *gin.Context) error {
	return s.setDisabled(c, false, "账号已启用。")
}

func (s *Server) setDisabled(c *gin.Context, disabled bool, done string) error {
	if err := s.deps.Auth.SetDisabled(c.Request.Context(), account(c).Login, c.Param("login"), disabled); err != nil {
		return err
	}
	return redirect(c, "/admin", done)
}

// units is 系统管理 · 单位: the register as it is.
func (s *Server) units(c *gin.Context) error {
	r, err := s.deps.Registry(c.Request.Context())
	if err != nil {
		return err
	}
	in := view.UnitsInput{Units: r.All(), Text: c.Query("q"), Level: c.Query("level")}
	return s.render(c, http.StatusOK, "admin_units", view.NewUnits(in))
}

// submitters are the units that report, in the order of the register.
func (s *Server) submitters(ctx context.Context) ([]record.Unit, error) {
	r, err := s.deps.Registry(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(r.All(), func(u record.Unit) bool { return !u.Submitter }), nil
}

// unitNames are the names of all units.
func (s *Server) unitNames(ctx context.Context) (map[record.UnitCode]string, error) {
	r, err := s.deps.Registry(ctx)
	if err != nil {
		return nil, err
	}
	names := map[record.UnitCode]string{}
	for _, u := range r.All() {
		names[u.Code] = u.Name
	}
	return names, nil
}

// accountNames are the names of all who have or had an account, by login.
func (s *Server) accountNames(ctx context.Context) (map[string]string, error) {
	accounts, err := s.deps.Auth.List(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{auth.DemoLogin: auth.DemoName}
	for _, a := range accounts {
		names[a.Login] = a.Name
	}
	return names, nil
}

func (s *Server) knownUnit(ctx context.Context, code record.UnitCode) error {
	if code == "" {
		return nil
	}
	r, err := s.deps.Registry(ctx)
	if err != nil {
		return err
	}
	if _, ok := r.Unit(code); !ok {
		return fault.New(fault.Invalid, "所属单位不在单位登记中。", "请从列表中选择。")
	}
	return nil
}
