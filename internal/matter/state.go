package matter

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// State is where a matter stands.
type State string

// The states, in the order of the loop.
const (
	Opened    State = "opened"    // 待交办
	Assigned  State = "assigned"  // 待签收
	Received  State = "received"  // 待反馈
	Replied   State = "replied"   // 待复核
	Checked   State = "checked"   // 待销号
	Closed    State = "closed"    // 已销号
	Cancelled State = "cancelled" // 已撤销立项
)

// States lists the states in the order of the loop.
var States = []State{Opened, Assigned, Received, Replied, Checked, Closed, Cancelled}

// Chinese returns what a matter in the state waits for, "" for an unknown state.
func (s State) Chinese() string {
	return map[State]string{
		Opened: "待交办", Assigned: "待签收", Received: "待反馈", Replied: "待复核", Checked: "待销号", Closed: "已销号", Cancelled: "已撤销立项",
	}[s]
}

// Kind is a kind of step; it is the second part of the journal's action.
type Kind string

// The kinds of steps.
const (
	Open    Kind = "opened"
	Assign  Kind = "assigned"
	Receive Kind = "received"
	Reply   Kind = "replied"
	Check   Kind = "checked"
	Return  Kind = "returned"
	Close   Kind = "closed"
	Reopen  Kind = "reopened"
	Cancel  Kind = "cancelled"
	Extend  Kind = "extended"
)

// Kinds lists the steps that may follow the first, in the order pages offer them.
var Kinds = []Kind{Assign, Receive, Reply, Check, Close, Return, Extend, Reopen, Cancel}

// Chinese returns the step's name on pages, "" for an unknown kind.
func (k Kind) Chinese() string {
	return map[Kind]string{
		Open: "立项", Assign: "交办", Receive: "签收", Reply: "反馈", Check: "复核通过", Return: "退回", Close: "销号",
		Reopen: "撤销销号", Cancel: "撤销立项", Extend: "延期",
	}[k]
}

// Action returns the journal's action of the step.
func (k Kind) Action() string { return "matter." + string(k) }

// move is one row of the table: from which states a step may be taken, where it leads ("" stays), whether the county may
// take it for itself, and what it must say.
type move struct {
	from   []State
	to     State
	county bool
	words  string // what the words are called, "" when they may be left out
	due    bool
}

var moves = map[Kind]move{
	Open:    {to: Opened},
	Assign:  {from: []State{Opened}, to: Assigned, due: true},
	Receive: {from: []State{Assigned}, to: Received, county: true},
	Reply:   {from: []State{Received}, to: Replied, county: true, words: "反馈情况"},
	Check:   {from: []State{Replied}, to: Checked},
	Return:  {from: []State{Replied, Checked}, to: Assigned, words: "退回理由", due: true},
	Close:   {from: []State{Checked}, to: Closed},
	Reopen:  {from: []State{Closed}, to: Opened, words: "撤销销号的理由"},
	Cancel:  {from: []State{Opened, Assigned, Received, Replied, Checked}, to: Cancelled, words: "撤销立项的理由"},
	Extend:  {from: []State{Assigned, Received}, words: "延期理由", due: true},
}

// Actor is who takes a step.
type Actor struct {
	Login   string
	Officer bool            // of the department: 督导人员 or 管理员
	Unit    record.UnitCode // a county account's own unit
}

// owns reports whether the actor is the county a matter is about.
func (a Actor) owns(m *Matter) bool {
	return m.IsOf(a.Unit)
}

// Move is a step somebody wants to take. Version is that of the matter the person was looking at. A zero On is today.
type Move struct {
	Matter   string
	Version  int64
	Kind     Kind
	On       period.Date
	Words    string
	Person   string
	DueOn    period.Date
	Document string
	Files    []store.MatterFile
}

// Limits of what a step holds.
const (
	MaxWords  = 2000
	MaxShort  = 100
	MaxFiles  = 10
	MaxTitle  = 200
	MaxTarget = 200
)

// May reports whether somebody may take a kind of step now, whatever it says; for the page that offers the steps. It
// returns fault.NotFound to a county that the matter is not about, fault.Forbidden and fault.Conflict otherwise.
func (m *Matter) May(who Actor, k Kind) error {
	mv, ok := moves[k]
	if !ok || k == Open {
		return fault.New(fault.Invalid, fmt.Sprintf("没有「%s」这个步骤。", k), "请从督办事项的页面上办理。")
	}
	if !who.Officer && !who.owns(m) {
		if who.Unit != "" {
			return Unknown(m.ID)
		}
		return fault.New(fault.Forbidden, fmt.Sprintf("你的账号不能办理「%s」。", k.Chinese()), "请由督导人员办理。")
	}
	if !who.Officer && !mv.county {
		return fault.New(fault.Forbidden, fmt.Sprintf("「%s」由市级督导人员办理，填报单位只办理签收和反馈。", k.Chinese()), "如有异议，请在反馈中写明。")
	}
	if !slices.Contains(mv.from, m.State) {
		return fault.New(fault.Conflict, fmt.Sprintf("%s 现为「%s」，不能%s。", m.ID, m.State.Chinese(), k.Chinese()), m.hint())
	}
	switch {
	case k == Close && who.Login == m.Checker:
		return fault.New(fault.Forbidden, fmt.Sprintf("%s 由你复核，销号须由另一人办理。", m.ID), "请另一名督导人员登录后销号。")
	case k == Reopen && who.Login == m.Closer:
		return fault.New(fault.Forbidden, fmt.Sprintf("%s 由你销号，撤销销号须由另一人办理。", m.ID), "请另一名督导人员登录后办理。")
	}
	return nil
}

// hint says what comes next.
func (m *Matter) hint() string {
	return map[State]string{
		Opened: "下一步是交办。", Assigned: "下一步是签收。", Received: "下一步是反馈。", Replied: "下一步是复核，或退回。",
		Checked: "下一步是由另一人销号，或退回。", Closed: "如有出入，由另一名督导人员撤销销号。", Cancelled: "如需继续督办，请重新立项。",
	}[m.State]
}

// Allow judges a step whole: who, from where, what it says and its dates. today is the day it is written.
func (m *Matter) Allow(who Actor, mv Move, today period.Date) error {
	if err := m.May(who, mv.Kind); err != nil {
		return err
	}
	if mv.Version != m.Version {
		last := m.Steps[len(m.Steps)-1]
		return fault.New(fault.Conflict, fmt.Sprintf("%s 在你打开页面之后已有变动（%s %s），这一步没有保存。", m.ID, last.On, last.Kind.Chinese()), "请核对最新情况后再办理。")
	}
	rule := moves[mv.Kind]
	if rule.words != "" && plain(mv.Words) == "" {
		return fault.New(fault.Invalid, fmt.Sprintf("没有填写%s。", rule.words), "请写明后再提交。")
	}
	if err := checkText(mv.Words, mv.Person, mv.Document, mv.Files); err != nil {
		return err
	}
	if who.Officer && (mv.Kind == Receive || mv.Kind == Reply) && plain(mv.Person) == "" {
		return fault.New(fault.Invalid, fmt.Sprintf("代县（市、区）登记%s，没有写明是谁%s的。", mv.Kind.Chinese(), mv.Kind.Chinese()), "请填写对方经办人的姓名。")
	}
	return m.checkDates(mv, rule, today)
}

func (m *Matter) checkDates(mv Move, rule move, today period.Date) error {
	last := m.Steps[len(m.Steps)-1]
	on := mv.On
	if on.IsZero() {
		on = today
	}
	switch {
	case on.After(today):
		return fault.New(fault.Invalid, fmt.Sprintf("%s日期 %s 还没有到。", mv.Kind.Chinese(), on), "请填写今天或以前的日期。")
	case on.Before(last.On):
		return fault.New(fault.Invalid, fmt.Sprintf("%s日期 %s 早于上一步（%s %s）。", mv.Kind.Chinese(), on, last.Kind.Chinese(), last.On), "请核对日期。")
	case !rule.due:
		return nil
	case mv.DueOn.IsZero():
		return fault.New(fault.Invalid, "没有填写反馈期限。", "请填写县（市、区）应反馈的日期。")
	case mv.DueOn.Before(on):
		return fault.New(fault.Invalid, fmt.Sprintf("反馈期限 %s 早于%s日期 %s。", mv.DueOn, mv.Kind.Chinese(), on), "请核对日期。")
	case mv.DueOn.After(today.AddMonths(24)):
		return fault.New(fault.Invalid, fmt.Sprintf("反馈期限 %s 在两年以后。", mv.DueOn), "请核对年份。")
	case mv.Kind == Extend && !mv.DueOn.After(m.DueOn):
		return fault.New(fault.Invalid, fmt.Sprintf("新的反馈期限 %s 不晚于现在的期限 %s。", mv.DueOn, m.DueOn), "延期应填写更晚的日期。")
	}
	return nil
}

// checkText bounds what a step holds.
func checkText(words, person, document string, files []store.MatterFile) error {
	for _, t := range []struct {
		name, text string
		max        int
	}{{"内容", words, MaxWords}, {"经办人", person, MaxShort}, {"文号", document, MaxShort}} {
		if n := utf8.RuneCountInString(t.text); n > t.max {
			return fault.New(fault.Invalid, fmt.Sprintf("%s有 %d 字，超过 %d 字。", t.name, n, t.max), "请缩短，详细材料可作为附件上传。")
		}
	}
	if len(files) > MaxFiles {
		return fault.New(fault.Invalid, fmt.Sprintf("附件有 %d 个，一次最多 %d 个。", len(files), MaxFiles), "请合并成一个压缩包后上传。")
	}
	return nil
}

// Unknown is the answer for a matter that is not there, or that the account may not know of.
func Unknown(id string) error {
	return fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的督办事项。", id), "请从「督办事项」列表中打开。")
}
