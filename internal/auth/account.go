package auth

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/store"
)

var loginForm = regexp.MustCompile(`^[\p{Han}a-z0-9][\p{Han}a-z0-9._-]{1,31}$`)

// List returns all accounts in the order they were made.
func (s *Service) List(ctx context.Context) ([]Account, error) {
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Account, 0, len(s.order))
	for _, login := range s.order {
		list = append(list, s.accounts[login])
	}
	return list, nil
}

// Add makes an account. It is fault.Invalid when login, name, role, unit or password will not do and fault.Conflict
// when there is such a login already.
func (s *Service) Add(ctx context.Context, actor string, a Account, password string) error {
	a.Login, a.Name = cleanLogin(a.Login), strings.TrimSpace(a.Name)
	if err := checkAccount(a); err != nil {
		return err
	}
	hash, err := s.newHash(ctx, a.Login, password)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, a.Login, func(old Account, known bool, _ map[string]Account) (Account, error) {
		if known {
			return a, fault.New(fault.Conflict, fmt.Sprintf("账号「%s」已经存在。", a.Login), "请换一个账号名，或在列表中修改原账号。")
		}
		a.hash = hash
		return a, nil
	})
}

// Reset gives an account a new password, set by somebody else, and ends its sessions.
func (s *Service) Reset(ctx context.Context, actor, login, password string) error {
	login = cleanLogin(login)
	hash, err := s.newHash(ctx, login, password)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, login, func(a Account, known bool, _ map[string]Account) (Account, error) {
		if !known {
			return a, unknown(login)
		}
		a.hash = hash
		return a, nil
	})
}

// ChangePassword gives the signed-in account a new password, ends all its sessions and opens a new one, whose token it
// returns. A wrong old password counts as a failed sign-in.
func (s *Service) ChangePassword(ctx context.Context, login, old, password, from string) (string, error) {
	if login == DemoLogin {
		return "", fault.New(fault.Forbidden, "演示账号没有密码。", "请用管理员账号登录后操作。")
	}
	if _, err := s.Check(ctx, login, old, from); err != nil {
		if fault.CodeOf(err) == fault.Unauthenticated {
			return "", fault.New(fault.Invalid, "原密码不正确。", "请重新输入原密码。")
		}
		return "", err
	}
	if old == password {
		return "", fault.New(fault.Invalid, "新密码与原密码相同。", "请设一个不同的密码。")
	}
	if err := s.Reset(ctx, login, login, password); err != nil {
		return "", err
	}
	a, _ := s.account(login)
	return s.openSession(ctx, a, from)
}

// SetDisabled disables or enables an account. The last enabled administrator cannot be disabled, nor can one's own
// account: fault.Conflict.
func (s *Service) SetDisabled(ctx context.Context, actor, login string, disabled bool) error {
	login = cleanLogin(login)
	return s.change(ctx, actor, login, func(a Account, known bool, all map[string]Account) (Account, error) {
		switch {
		case !known:
			return a, unknown(login)
		case disabled && login == actor:
			return a, fault.New(fault.Conflict, "不能停用自己的账号。", "请由另一名管理员操作。")
		case disabled && a.Role == Administrator && administrators(all) <= 1:
			return a, fault.New(fault.Conflict, "这是最后一个可用的管理员账号，不能停用。", "请先新建另一个管理员账号。")
		}
		a.Disabled = disabled
		return a, nil
	})
}

// change decides under the writer's lock what an account is from now on, journals it and ends its sessions. What is so
// already is not written again.
func (s *Service) change(ctx context.Context, actor, login string, decide func(old Account, known bool, all map[string]Account) (Account, error)) error {
	lines, err := s.store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		all, _, err := readAccounts(ctx, db)
		if err != nil {
			return nil, err
		}
		old, known := all[login]
		a, err := decide(old, known, all)
		if err != nil || known && a == old {
			return nil, err
		}
		return []journal.Entry{{
			At: s.now(), Actor: actor, Action: store.ActionAccountChanged, Subject: a.Login,
			Data: store.AccountChanged{
				Login: a.Login, Name: a.Name, Role: string(a.Role), Unit: a.Unit, PasswordHash: a.hash, Disabled: a.Disabled,
			},
		}}, nil
	})
	if err != nil || len(lines) == 0 {
		return err
	}
	s.sessions.endAll(login)
	return s.load(ctx)
}

func (s *Service) newHash(ctx context.Context, login, password string) (string, error) {
	if err := CheckPassword(login, password); err != nil {
		return "", err
	}
	return s.hasher.hash(ctx, password)
}

func checkAccount(a Account) error {
	switch {
	case !loginForm.MatchString(a.Login) || a.Login == DemoLogin:
		return fault.New(fault.Invalid, fmt.Sprintf("账号名「%s」不能使用。", a.Login), "请用 2 至 32 个小写字母、数字或汉字，如 liwenjing。")
	case a.Name == "" || utf8.RuneCountInString(a.Name) > 32:
		return fault.New(fault.Invalid, "姓名为空或超过 32 个字。", "请填写使用人的姓名或岗位。")
	case a.Role.Chinese() == "":
		return fault.New(fault.Invalid, "没有选择角色。", "请选择管理员、督导人员、领导、填报单位或审计员。")
	case a.Role == County && a.Unit == "":
		return fault.New(fault.Invalid, "填报单位账号没有选择所属单位。", "请选择该账号代表哪个单位报送。")
	case a.Role != County && a.Unit != "":
		return fault.New(fault.Invalid, "只有填报单位账号需要所属单位。", "请清空所属单位，或把角色改为填报单位。")
	}
	return nil
}

func administrators(all map[string]Account) int {
	n := 0
	for _, a := range all {
		if a.Role == Administrator && !a.Disabled {
			n++
		}
	}
	return n
}

func unknown(login string) error {
	return fault.New(fault.NotFound, fmt.Sprintf("没有账号「%s」。", login), "请在账号列表中核对。")
}

// readAccounts returns the accounts as they are: the last row of each login, and the logins in the order of their first.
func readAccounts(ctx context.Context, db *sql.DB) (map[string]Account, []string, error) {
	rows, err := db.QueryContext(ctx, `
		select seq, login, name, role, coalesce(unit_code, ''), password_hash, is_disabled
		from d.account
		order by seq`)
	if err != nil {
		return nil, nil, fmt.Errorf("read accounts: %w", err)
	}
	defer rows.Close()
	var (
		all   = map[string]Account{}
		order []string
	)
	for rows.Next() {
		var (
			a    Account
			unit string
		)
		if err := rows.Scan(&a.seq, &a.Login, &a.Name, &a.Role, &unit, &a.hash, &a.Disabled); err != nil {
			return nil, nil, fmt.Errorf("read account: %w", err)
		}
		a.Unit = record.UnitCode(unit)
		if _, known := all[a.Login]; !known {
			order = append(order, a.Login)
		}
		all[a.Login] = a
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("read accounts: %w", err)
	}
	return all, order, nil
}
