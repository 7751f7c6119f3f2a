package rulebook_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

const qhd = "qinhuangdao-2024"

// desk is a keeper whose clock goes on an hour with every change.
type desk struct {
	*rulebook.Keeper
	t     *testing.T
	store *store.Store
	at    time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, store: testkit.OpenStore(t, nil), at: time.Date(2025, 1, 6, 9, 0, 0, 0, period.Shanghai)}
	d.Keeper = rulebook.New(d.store, qhd, func() time.Time { return d.at })
	return d
}

// tick lets an hour pass and returns the moment before it.
func (d *desk) tick() time.Time {
	before := d.at
	d.at = d.at.Add(time.Hour)
	return before
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	d.tick()
}

func (d *desk) refused(err error, code fault.Code, words string) {
	d.t.Helper()
	if fault.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
		d.t.Errorf("got %v (%s), want %s with %q", err, fault.CodeOf(err), code, words)
	}
}

func (d *desk) regime(id, quarter string, known time.Time) *regime.Regime {
	d.t.Helper()
	r, err := d.Regime(context.Background(), id, period.MustQuarter(quarter), known)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// redLine is the built-in regime of Qinhuangdao with another red line.
func (d *desk) redLine(tenths int) *regime.Regime {
	d.t.Helper()
	r, err := d.regime(qhd, "2024Q4", time.Time{}).With(func(r *regime.Regime) { r.RedLine = tenths })
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func first(quarter string) period.Date { return period.MustQuarter(quarter).First() }

var why = rulebook.Decision{Reason: "市总工会主席办公会决定", Document: "云工发〔2025〕3号", Actor: "督导员"}

func TestChangeHoldsFromItsQuarterAndIsKnownFromItsLine(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	begin := d.tick()
	d.ok(d.Change(ctx, d.redLine(750), first("2025Q1"), nil, why))
	first1 := d.at.Add(-time.Minute)
	d.ok(d.Change(ctx, d.redLine(800), first("2025Q3"), nil, why))
	d.ok(d.Change(ctx, d.redLine(600), first("2024Q4"), nil, why)) // later recorded, earlier in force
	for _, c := range []struct {
		name, quarter string
		known         time.Time
		want          int
	}{
		{"nothing known yet", "2025Q4", begin, 700},
		{"before its quarter", "2024Q4", first1, 700},
		{"in its quarter", "2025Q1", first1, 750},
		{"the second not known yet", "2025Q3", first1, 750},
		{"the first still holds in between", "2025Q2", time.Time{}, 750},
		{"the second from its quarter on", "2026Q1", time.Time{}, 800},
		{"the earlier one where nothing later holds", "2024Q4", time.Time{}, 600},
		{"before any", "2024Q3", time.Time{}, 700},
	} {
		if got := d.regime(qhd, c.quarter, c.known).RedLine; got != c.want {
			t.Errorf("%s: red line = %d, want %d", c.name, got, c.want)
		}
	}
	if d.regime(qhd, "2025Q1", time.Time{}) != d.regime(qhd, "2025Q2", time.Time{}) {
		t.Error("one version is two pointers: every page would be computed again")
	}
}

func TestSuspensionEndsByItselfOrIsEnded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	begin := d.tick()
	d.ok(d.Suspend(ctx, qhd, regime.RuleChair, first("2025Q1"), period.MustDate("2025-11-30"), why))
	suspended := d.at.Add(-time.Minute)
	has := func(quarter string, known time.Time) bool {
		return d.regime(qhd, quarter, known).HasRule(regime.RuleChair)
	}
	for quarter, want := range map[string]bool{"2024Q4": true, "2025Q1": false, "2025Q3": false, "2025Q4": true} {
		if got := has(quarter, time.Time{}); got != want {
			t.Errorf("%s: judged = %t, want %t", quarter, got, want)
		}
	}
	if !has("2025Q1", begin) {
		t.Error("suspended before it was recorded")
	}
	d.ok(d.Resume(ctx, qhd, regime.RuleChair, first("2025Q3"), why))
	if has("2025Q2", time.Time{}) || !has("2025Q3", time.Time{}) || has("2025Q3", suspended) {
		t.Error("resumed at the wrong time")
	}
	d.ok(d.Suspend(ctx, qhd, regime.RuleChair, first("2025Q3"), period.MustDate("2025-09-30"), why))
	if has("2025Q3", time.Time{}) {
		t.Error("suspended again, still judged")
	}
	if once, again := d.regime(qhd, "2025Q3", time.Time{}), d.regime(qhd, "2025Q3", time.Time{}); once != again {
		t.Error("one suspended version is two pointers")
	}
}

func TestCityFollowsAnotherRegimeFromAQuarter(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	begin := d.tick()
	d.ok(d.Adopt(t.Context(), "bayannur-2024", first("2025Q1"), why))
	for quarter, want := range map[string]string{"2024Q4": qhd, "2025Q1": "bayannur-2024", "2026Q1": "bayannur-2024"} {
		if got := d.regime("", quarter, time.Time{}).ID; got != want {
			t.Errorf("%s: follows %s, want %s", quarter, got, want)
		}
	}
	if got := d.regime("", "2025Q1", begin).ID; got != qhd {
		t.Errorf("before it was recorded the city follows %s", got)
	}
}

func TestOwnRegimeWithClausesOfAnother(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	begin := d.tick()
	own, err := rulebook.Copy(d.regime(qhd, "2025Q1", time.Time{}), rulebook.NewDocument{
		ID: "yunzhou-2025", Name: "云州 2025", City: "云州市", Title: "云州市联席会议考核办法", Number: "云工发〔2025〕5号",
		Issuer: "云州市总工会", IssuedOn: period.MustDate("2025-01-02"), InForceFrom: period.MustDate("2025-01-10"),
	})
	if err != nil {
		t.Fatal(err)
	}
	d.ok(d.Change(t.Context(), own, first("2025Q1"), nil, why))
	got := d.regime("yunzhou-2025", "2024Q3", time.Time{})
	rule, _ := got.Rule(regime.RuleChair)
	if want := d.regime(qhd, "2025Q1", time.Time{}).Document.Cite(); rule.Clause.Document != want || got.Document.Number != "云工发〔2025〕5号" {
		t.Errorf("the copied clause is cited as %q, want %q", rule.Clause.Document, want)
	}
	_, err = d.Regime(t.Context(), "yunzhou-2025", period.MustQuarter("2025Q1"), begin)
	d.refused(err, fault.NotFound, "在所看的时点还没有登记")
	_, err = d.Regime(t.Context(), "mars-1", period.MustQuarter("2025Q1"), time.Time{})
	d.refused(err, fault.NotFound, "没有编号为「mars-1」的制度")
}

func TestRevertIsANewLine(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	d.tick()
	d.ok(d.Change(ctx, d.redLine(750), first("2025Q1"), nil, why))
	one := d.last()
	d.ok(d.Change(ctx, d.redLine(800), first("2025Q1"), nil, why))
	two := d.last()
	changed := d.at.Add(-time.Minute)
	d.refused(d.Revert(ctx, one, why), fault.Conflict, "请先撤销后面的调整")
	d.ok(d.Revert(ctx, two, why))
	if got := d.regime(qhd, "2025Q1", time.Time{}).RedLine; got != 750 {
		t.Errorf("red line after taking back = %d, want 750", got)
	}
	if got := d.regime(qhd, "2025Q1", changed).RedLine; got != 800 {
		t.Errorf("known before it was taken back: red line = %d, want 800", got)
	}
	d.ok(d.Suspend(ctx, qhd, regime.RuleChair, first("2025Q1"), period.MustDate("2025-12-31"), why))
	d.ok(d.Revert(ctx, d.last(), why))
	if !d.regime(qhd, "2025Q1", time.Time{}).HasRule(regime.RuleChair) {
		t.Error("suspension taken back, still suspended")
	}
	d.ok(d.Adopt(ctx, "bayannur-2024", first("2025Q1"), why))
	d.ok(d.Revert(ctx, d.last(), why))
	if got := d.regime("", "2025Q1", time.Time{}).ID; got != qhd {
		t.Errorf("adoption taken back, the city follows %s", got)
	}
}

func (d *desk) last() int64 { return d.store.Version() }

func TestRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	d.tick()
	base := d.regime(qhd, "2025Q1", time.Time{})
	with := func(change func(*regime.Regime)) *regime.Regime {
		r, err := base.With(change)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	from := first("2025Q1")
	d.refused(d.Change(ctx, d.redLine(750), from, nil, rulebook.Decision{Document: "x"}), fault.Invalid, "没有写明事由")
	d.refused(d.Change(ctx, d.redLine(750), from, nil, rulebook.Decision{Reason: "x"}), fault.Invalid, "没有写明依据文件")
	d.refused(d.Change(ctx, d.redLine(950), from, nil, why), fault.Invalid, "红线 95.0 不低于黄线 90.0")
	d.refused(d.Change(ctx, base, from, nil, why), fault.Conflict, "没有改动")
	d.refused(d.Change(ctx, with(func(r *regime.Regime) { r.Rules[0].Clause.Text = "每月召开一次" }), from, nil, why), fault.Invalid, "在文件原文中找不到")
	d.refused(d.Change(ctx, with(func(r *regime.Regime) { r.Rules[0].ID = "attendance" }), from, nil, why), fault.Invalid, "不认识的规则「attendance」")
	d.refused(d.Change(ctx, with(func(r *regime.Regime) { r.Weights["publicity"] = 5 }), from, nil, why), fault.Invalid, "指标「宣传报道率」有权重，文件却没有")
	d.refused(d.Change(ctx, base.Suspend([]regime.Suspension{{Rule: regime.RuleChair, From: from, Until: from}}), from, nil, why), fault.Invalid, "暂停执行")
	d.refused(d.Suspend(ctx, qhd, regime.RulePublicity, from, period.MustDate("2025-12-31"), why), fault.NotFound, "没有规则「publicity」")
	d.refused(d.Suspend(ctx, qhd, regime.RuleChair, from, period.MustDate("2025-02-28"), why), fault.Invalid, "不含任何一个季度的最后一日")
	d.refused(d.Suspend(ctx, qhd, regime.RuleChair, from, period.MustDate("2024-12-31"), why), fault.Invalid, "早于开始时间")
	d.refused(d.Resume(ctx, qhd, regime.RuleChair, from, why), fault.Conflict, "没有暂停")
	d.refused(d.Adopt(ctx, qhd, from, why), fault.Conflict, "本来就采用")
	d.refused(d.Adopt(ctx, "mars-1", from, why), fault.NotFound, "没有编号为「mars-1」")
	d.ok(d.Change(ctx, d.redLine(750), from, base, why))
	d.refused(d.Change(ctx, d.redLine(800), from, base, why), fault.Conflict, "刚才已有另一次调整")
	if n := d.store.Version(); n != 1 {
		t.Errorf("%d journal lines, want 1: what was refused left something", n)
	}
}

func TestRulesSurviveARebuild(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	d.tick()
	d.ok(d.Change(ctx, d.redLine(750), first("2025Q1"), nil, why))
	d.ok(d.Suspend(ctx, qhd, regime.RuleChair, first("2025Q1"), period.MustDate("2025-12-31"), why))
	d.ok(d.Adopt(ctx, "bayannur-2024", first("2025Q2"), why))
	report, err := d.store.Verify(ctx) // makes the projection again and compares it row by row
	if err != nil || len(report.Troubles) > 0 {
		t.Fatal(err, report.Troubles)
	}
	for _, table := range []string{"regime_change", "rule_suspension", "regime_adoption"} {
		if report.Rows[table] != 1 {
			t.Errorf("%s: %d rows, want 1", table, report.Rows[table])
		}
	}
}
