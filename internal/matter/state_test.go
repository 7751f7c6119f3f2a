package matter

import (
	"slices"
	"strings"
	"testing"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/store"
)

var (
	day     = period.MustDate
	officer = Actor{Login: "an", Officer: true}
	second  = Actor{Login: "bo", Officer: true}
	county  = Actor{Login: "donghu", Unit: "990102"}
	foreign = Actor{Login: "xiling", Unit: "990103"}
	leader  = Actor{Login: "leader"}
)

// at returns a matter that has come to a state by the shortest way, 交办 on 2025-01-06 and due on 2025-01-20; an checked,
// bo closed.
func at(state State) *Matter {
	m := &Matter{ID: "M7", Unit: "990102", Reporter: "990102", Source: FromFinding}
	take := func(k Kind, on string, actor string) {
		s := Step{Seq: int64(len(m.Steps) + 1), Kind: k, On: day(on), Actor: actor}
		if k == Assign {
			s.DueOn = day("2025-01-20")
		}
		m.take(s)
	}
	for _, step := range []struct {
		to    State
		kind  Kind
		on    string
		actor string
	}{
		{Opened, Open, "2025-01-05", "an"}, {Assigned, Assign, "2025-01-06", "an"}, {Received, Receive, "2025-01-07", "donghu"},
		{Replied, Reply, "2025-01-08", "donghu"}, {Checked, Check, "2025-01-09", "an"}, {Closed, Close, "2025-01-10", "bo"},
	} {
		if state == Cancelled && step.to == Assigned {
			take(Cancel, "2025-01-06", "an")
			return m
		}
		take(step.kind, step.on, step.actor)
		if step.to == state {
			return m
		}
	}
	return m
}

// valid is a step of a kind with everything it needs.
func valid(m *Matter, k Kind) Move {
	return Move{Matter: m.ID, Version: m.Version, Kind: k, On: day("2025-01-12"), Words: "已办", Person: "王某", DueOn: day("2025-02-10")}
}

// TestWhoMayTakeWhichStep is the whole table: every step from every state by everybody.
func TestWhoMayTakeWhichStep(t *testing.T) {
	t.Parallel()
	leads := map[Kind]map[State]State{
		Assign: {Opened: Assigned}, Receive: {Assigned: Received}, Reply: {Received: Replied}, Check: {Replied: Checked},
		Return: {Replied: Assigned, Checked: Assigned}, Close: {Checked: Closed}, Reopen: {Closed: Opened},
		Extend: {Assigned: Assigned, Received: Received},
		Cancel: {Opened: Cancelled, Assigned: Cancelled, Received: Cancelled, Replied: Cancelled, Checked: Cancelled},
	}
	ofCounty := []Kind{Receive, Reply}
	if len(leads) != len(Kinds) {
		t.Fatalf("%d kinds have expectations, want %d", len(leads), len(Kinds))
	}
	for _, state := range States {
		for _, kind := range Kinds {
			to, leadsOn := leads[kind][state]
			for who, actor := range map[string]Actor{"an": officer, "bo": second, "county": county, "foreign": foreign, "leader": leader} {
				m := at(state)
				if m.State != state {
					t.Fatalf("at(%s) is %s", state, m.State)
				}
				want := fault.Code("")
				switch {
				case who == "foreign":
					want = fault.NotFound
				case who == "leader", who == "county" && !slices.Contains(ofCounty, kind):
					want = fault.Forbidden
				case !leadsOn:
					want = fault.Conflict
				case who == "an" && kind == Close, who == "bo" && kind == Reopen: // the same person
					want = fault.Forbidden
				}
				err := m.Allow(actor, valid(m, kind), day("2025-01-12"))
				if got := fault.CodeOf(err); got != want || (err == nil) != (want == "") {
					t.Errorf("%s: %s by %s = %v, want %q", state, kind, who, err, want)
				}
				if err == nil {
					m.take(Step{Seq: 99, Kind: kind, On: day("2025-01-12"), Actor: actor.Login, DueOn: day("2025-02-10")})
					if m.State != to {
						t.Errorf("%s after %s is %s, want %s", state, kind, m.State, to)
					}
				}
			}
		}
	}
}

func TestStepIsJudgedByWhatItSays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		state  State
		kind   Kind
		change func(*Move)
		code   fault.Code
		text   string
	}{
		{"an older page", Assigned, Receive, func(m *Move) { m.Version-- }, fault.Conflict, "在你打开页面之后已有变动（2025-01-06 交办）"},
		{"no due day", Opened, Assign, func(m *Move) { m.DueOn = period.Date{} }, fault.Invalid, "没有填写反馈期限"},
		{"due before it is given", Opened, Assign, func(m *Move) { m.DueOn = day("2025-01-11") }, fault.Invalid, "反馈期限 2025-01-11 早于交办日期"},
		{"due on the very day", Opened, Assign, func(m *Move) { m.DueOn = day("2025-01-12") }, "", ""},
		{"due in another century", Opened, Assign, func(m *Move) { m.DueOn = day("2052-01-12") }, fault.Invalid, "在两年以后"},
		{"tomorrow", Assigned, Receive, func(m *Move) { m.On = day("2025-01-13") }, fault.Invalid, "还没有到"},
		{"before the last step", Assigned, Receive, func(m *Move) { m.On = day("2025-01-05") }, fault.Invalid, "早于上一步（交办 2025-01-06）"},
		{"on the day of the last step", Assigned, Receive, func(m *Move) { m.On = day("2025-01-06") }, "", ""},
		{"no day is today", Assigned, Receive, func(m *Move) { m.On = period.Date{} }, "", ""},
		{"a reply without words", Received, Reply, func(m *Move) { m.Words = "　" }, fault.Invalid, "没有填写反馈情况"},
		{"a return without a reason", Replied, Return, func(m *Move) { m.Words = "" }, fault.Invalid, "没有填写退回理由"},
		{"a check needs no words", Replied, Check, func(m *Move) { m.Words = "" }, "", ""},
		{"cancelled without a reason", Opened, Cancel, func(m *Move) { m.Words = "" }, fault.Invalid, "没有填写撤销立项的理由"},
		{"put off to an earlier day", Received, Extend, func(m *Move) { m.DueOn = day("2025-01-20") }, fault.Invalid, "不晚于现在的期限 2025-01-20"},
		{"recorded for the county by nobody", Assigned, Receive, func(m *Move) { m.Person = "" }, fault.Invalid, "没有写明是谁签收的"},
		{"too many words", Received, Reply, func(m *Move) { m.Words = strings.Repeat("字", MaxWords+1) }, fault.Invalid, "超过 2000 字"},
		{"too many files", Received, Reply, func(m *Move) { m.Files = make([]store.MatterFile, MaxFiles+1) }, fault.Invalid, "一次最多 10 个"},
		{"no such step", Opened, "thrown", nil, fault.Invalid, "没有「thrown」这个步骤"},
		{"opened twice", Opened, Open, nil, fault.Invalid, "没有「opened」这个步骤"},
	} {
		m := at(tc.state)
		mv := valid(m, tc.kind)
		if tc.change != nil {
			tc.change(&mv)
		}
		err := m.Allow(officer, mv, day("2025-01-12"))
		if fault.CodeOf(err) != tc.code || err != nil && !strings.Contains(err.Error(), tc.text) {
			t.Errorf("%s = %v, want %q %q", tc.name, err, tc.code, tc.text)
		}
	}
	m := at(Assigned)
	mv := valid(m, Receive)
	if mv.Person = ""; m.Allow(county, mv, day("2025-01-12")) != nil {
		t.Error("a county that signs for itself must name nobody")
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	m := at(Checked)
	if m.Checker != "an" || m.AssignedOn != day("2025-01-06") || m.DueOn != day("2025-01-20") || m.FirstReply != day("2025-01-08") {
		t.Errorf("checked matter is %+v", m)
	}
	m.take(Step{Seq: 50, Kind: Return, On: day("2025-01-11"), DueOn: day("2025-03-01"), Actor: "bo"})
	if m.State != Assigned || m.Checker != "" || m.Returned != 1 || m.DueOn != day("2025-03-01") || m.FirstDueOn != day("2025-01-20") || !m.CheckedOn.IsZero() {
		t.Errorf("returned matter is %+v", m)
	}
	if got := m.OverdueDays(day("2025-03-01")); got != 0 {
		t.Errorf("overdue on the due day = %d, want 0", got)
	}
	if got := m.OverdueDays(day("2025-03-04")); got != 3 {
		t.Errorf("overdue three days later = %d", got)
	}
	item := &Matter{Source: FromItem}
	item.take(Step{Seq: 1, Kind: Open, On: day("2025-01-05")})
	if item.State != Replied || item.OverdueDays(day("2026-01-01")) != 0 {
		t.Errorf("an item reported as done begins as %s, want %s", item.State, Replied)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, s := range States {
		if s.Chinese() == "" {
			t.Errorf("state %s has no name", s)
		}
	}
	for _, k := range append(slices.Clone(Kinds), Open) {
		if k.Chinese() == "" {
			t.Errorf("step %s has no name", k)
		}
	}
}
