package auth

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"liandu/internal/fault"
	"liandu/internal/testkit"
)

var quick = Cost{MemoryKiB: 64, Passes: 1, Threads: 1}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		password string
		want     bool
	}{
		{"Yun-Zhou-7hai", true},
		{"correct Horse 9 battery", true},
		{"政工2队Mo里花开", true},
		{"xK9$mPq2", true},
		{strings.Repeat("Ab1-", 32), true},
		{"", false},
		{"Ab1-xyz", false},
		{strings.Repeat("Ab1-", 32) + "x", false},
		{"alllowercase", false},
		{"lower1234567", false},
		{"UPPER-CASE-ONLY", false},
		{"12345678", false},
		{"Password1!", false},
		{"P@ssw0rd2024", false},
		{"Passw0rd!", false},
		{"Admin@123", false},
		{"Admin2024!", false},
		{"Aa123456!", false},
		{"Aa123456", false},
		{"Qwer1234!", false},
		{"1qaz@WSX", false},
		{"Qwerty123!", false},
		{"Abc@2024", false},
		{"Abcd1234!", false},
		{"Liandu@2024", false},
		{"Gonghui123!", false},
		{"Welcome@1", false},
		{"Zz88888888", false},
		{"liwenjing-A9x", false},
	} {
		if got := CheckPassword("liwenjing", tc.password) == nil; got != tc.want {
			t.Errorf("CheckPassword(%q) accepted = %v, want %v", tc.password, got, tc.want)
		}
	}
}

func TestHash(t *testing.T) {
	t.Parallel()
	h := newHasher(quick, rand.Reader)
	hash, err := h.hash(t.Context(), "Yun-Zhou-7hai")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hash = %q", hash)
	}
	for _, tc := range []struct {
		password, hash string
		want           bool
	}{{"Yun-Zhou-7hai", hash, true}, {"yun-Zhou-7hai", hash, false}, {"Yun-Zhou-7hai", "", false}, {"", "", false}} {
		got, err := h.verify(t.Context(), tc.password, tc.hash)
		if err != nil || got != tc.want {
			t.Errorf("verify(%q, %q) = %v, %v, want %v", tc.password, tc.hash, got, err, tc.want)
		}
	}
	for _, bad := range []string{"plain", "$argon2id$v=19$m=99999999,t=1,p=1$AA$AA", "$argon2i$v=19$m=64,t=1,p=1$AA$AA", "$argon2id$v=19$m=64,t=1,p=1$AA$"} {
		if ok, err := h.verify(t.Context(), "x", bad); err == nil || ok {
			t.Errorf("verify against %q = %v, %v, want an error", bad, ok, err)
		}
	}
}

func TestHashesAtOnce(t *testing.T) {
	t.Parallel()
	h := newHasher(quick, rand.Reader)
	for range atOnce {
		if err := h.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.hash(ctx, "x"); err == nil {
		t.Errorf("hash number %d did not wait", atOnce+1)
	}
}

// TestCan is the whole table: a permission or role that is added without an answer here fails.
func TestCan(t *testing.T) {
	t.Parallel()
	all := map[Role]string{ // one letter a permission, in the order of Permissions
		"":            "P-------------",
		Administrator: "PSRFUDMAVWRDIC",
		Supervisor:    "PSRFUD--VWRDIC",
		Leader:        "PSRF------RD--",
		County:        "PSRFU----WR---",
		Auditor:       "PS-----A------",
	}
	if len(all) != len(Roles)+1 {
		t.Fatalf("%d roles have an answer, want %d", len(all), len(Roles)+1)
	}
	for role, want := range all {
		a := Account{Role: role}
		if role != "" {
			a.Login = string(role)
		}
		if role == County {
			a.Unit = "990101"
		}
		if len(want) != len(Permissions) {
			t.Fatalf("%s has %d answers, want %d", role, len(want), len(Permissions))
		}
		for i, p := range Permissions {
			if got := Can(a, p, ""); got != (want[i] != '-') {
				t.Errorf("Can(%q, %s) = %v", role, p, got)
			}
			disabled := a
			disabled.Disabled = true
			if p != Public && Can(disabled, p, "") {
				t.Errorf("a disabled %q can %s", role, p)
			}
		}
	}
}

func TestCanOwnUnitOnly(t *testing.T) {
	t.Parallel()
	a := Account{Login: "xiling", Role: County, Unit: "990101"}
	for _, p := range []Permission{ReadFigures, ReadFiles, Submit, Answer, ReadPapers} {
		if !Can(a, p, "990101") || Can(a, p, "990102") {
			t.Errorf("Can(%s): own %v, foreign %v", p, Can(a, p, "990101"), Can(a, p, "990102"))
		}
		if Can(Account{Login: "x", Role: County}, p, "") {
			t.Errorf("a county account without a unit can %s", p)
		}
	}
}

func TestUnknownLoginTakesAsLong(t *testing.T) {
	t.Parallel()
	clock := time.Date(2025, 1, 14, 9, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	s := New(Deps{Store: testkit.OpenStore(t, nil), Now: now, Rand: rand.Reader, Cost: Cost{MemoryKiB: 4 << 10, Passes: 2, Threads: 1}})
	if err := s.Add(t.Context(), "系统", Account{Login: "known", Name: "某", Role: Leader}, "Yun-Zhou-7hai"); err != nil {
		t.Fatal(err)
	}
	try := func(login string) (time.Duration, string) {
		clock = clock.Add(time.Hour)
		start := time.Now()
		_, err := s.Check(t.Context(), login, "wrong", "10.1.1.1")
		return time.Since(start), err.Error()
	}
	best := map[string]time.Duration{}
	words := map[string]string{}
	for range 15 {
		for _, login := range []string{"known", "nobody"} {
			d, text := try(login)
			if words[login] = text; best[login] == 0 || d < best[login] {
				best[login] = d
			}
		}
	}
	if words["known"] != words["nobody"] {
		t.Errorf("words differ: %q and %q", words["known"], words["nobody"])
	}
	if a, b := best["known"], best["nobody"]; a > b*3/2 || b > a*3/2 {
		t.Errorf("fastest refusals differ: known %v, unknown %v", a, b)
	}
}

func TestAddressIsSlowedDown(t *testing.T) {
	t.Parallel()
	clock := time.Date(2025, 1, 14, 9, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return clock })
	for i := range addressMax {
		if wait := th.begin(fmt.Sprintf("login%d", i), "10.1.1.1"); wait != 0 {
			t.Fatalf("try %d must wait %v", i+1, wait)
		}
	}
	if th.begin("another", "10.1.1.1") == 0 {
		t.Errorf("try %d from one address need not wait", addressMax+1)
	}
	if th.begin("another", "10.1.1.2") != 0 {
		t.Error("another address must wait")
	}
	clock = clock.Add(addressSlow)
	if th.begin("yet-another", "10.1.1.1") != 0 {
		t.Errorf("after %v the address must still wait", addressSlow)
	}
	if th.begin("and-another", "10.1.1.1") == 0 {
		t.Error("the address got more than one try back")
	}
}

func TestAccountsThatWillNotDo(t *testing.T) {
	t.Parallel()
	s := New(Deps{Store: testkit.OpenStore(t, nil), Now: time.Now, Rand: rand.Reader, Cost: quick})
	good := Account{Login: "liwenjing", Name: "李文静", Role: Administrator}
	if err := s.Add(t.Context(), "系统", good, "Yun-Zhou-7hai"); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name   string
		change func(*Account)
		want   fault.Code
	}{
		{"same login", func(*Account) {}, fault.Conflict},
		{"same login in capitals", func(a *Account) { a.Login = " LiWenJing " }, fault.Conflict},
		{"no login", func(a *Account) { a.Login = "" }, fault.Invalid},
		{"login with markup", func(a *Account) { a.Login = "<b>" }, fault.Invalid},
		{"the demo's login", func(a *Account) { a.Login = DemoLogin }, fault.Invalid},
		{"no name", func(a *Account) { a.Login, a.Name = "other", " " }, fault.Invalid},
		{"no role", func(a *Account) { a.Login, a.Role = "other", "boss" }, fault.Invalid},
		{"county without unit", func(a *Account) { a.Login, a.Role = "other", County }, fault.Invalid},
		{"leader with unit", func(a *Account) { a.Login, a.Role, a.Unit = "other", Leader, "990101" }, fault.Invalid},
	} {
		a := good
		tc.change(&a)
		if got := fault.CodeOf(s.Add(t.Context(), "系统", a, "Yun-Zhou-7hai")); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	if got := fault.CodeOf(s.SetDisabled(t.Context(), "系统", "liwenjing", true)); got != fault.Conflict {
		t.Errorf("disable the last administrator: %q, want a conflict", got)
	}
	if got := fault.CodeOf(s.Reset(t.Context(), "系统", "nobody", "Yun-Zhou-7hai")); got != fault.NotFound {
		t.Errorf("reset an unknown account: %q, want not found", got)
	}
}

func TestSetupCodeDies(t *testing.T) {
	t.Parallel()
	clock := time.Date(2025, 1, 14, 9, 0, 0, 0, time.UTC)
	s := New(Deps{Store: testkit.OpenStore(t, nil), Now: func() time.Time { return clock }, Rand: rand.Reader, Cost: quick})
	setup := func(code string) fault.Code {
		_, err := s.Setup(t.Context(), code, Account{Login: "liwenjing", Name: "李文静"}, "Yun-Zhou-7hai", "10.1.1.1")
		return fault.CodeOf(err)
	}
	if got := setup(""); got != fault.Unauthenticated {
		t.Errorf("no code was made: %q", got)
	}
	code, err := s.StartCode()
	if err != nil {
		t.Fatal(err)
	}
	clock = clock.Add(CodeFor)
	if got := setup(code); got != fault.Unauthenticated {
		t.Errorf("after an hour: %q, want unauthenticated", got)
	}
	first, _ := s.StartCode()
	second, _ := s.StartCode()
	if got := setup(first); got != fault.Unauthenticated {
		t.Errorf("a code that was replaced: %q, want unauthenticated", got)
	}
	if got := setup(second); got != "" {
		t.Errorf("a live code: %q", got)
	}
}
