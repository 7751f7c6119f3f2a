package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// MeetingsInput is what 会议台账 is made from.
type MeetingsInput struct {
	Address  Address
	Now      *queries.Metrics
	Meetings []queries.MeetingRow
	Items    []queries.ResolutionRow
	Units    []record.Unit
	Filter   MeetingFilter
	Reasons  []queries.Reason // for the export
}

// Meetings is the page 会议台账.
type Meetings struct {
	Ledger
	Lede  []Phrase
	Rows  []MeetingLine
	Table Table
}

// MeetingLine is one meeting of the ledger.
type MeetingLine struct {
	Anchor, Unit, UnitHref, Session, Kind string
	Substitute, Counted                   bool
	HeldOn, Timing                        string
	Late                                  bool
	Chair, ChairTitle, Rank               string
	BelowRule                             bool
	Topics                                string
	Agenda                                []AgendaBox
	Solicited, Minutes, MinutesNote       string
	NoMinutes                             bool
	Publicity                             string
	Cell, CellHref, CellTitle             string
}

// AgendaBox is one of the four agenda items: held, not held, or left blank.
type AgendaBox struct{ Mark, Class, Title string }

var meetingColumns = []column{
	{key: "unit", name: "单位", pin: true}, {key: "session", name: "年度", falling: true}, {key: "kind", name: "会议形式"},
	{key: "held", name: "召开日期", class: "num"}, {name: "期限内"}, {name: "主持人"}, {name: "主持人职务"},
	{key: "rank", name: "主持规格"}, {name: "议题 政/工/联", class: "num", title: "议题数：政府方/工会方/联合"},
	{name: "议程", class: "mid", title: "通报落实、通报议题、研究协商、部署落实"}, {name: "征集启动", class: "num"},
	{key: "minutes", name: "纪要印发", class: "num"}, {name: "宣传", class: "wide"}, {name: "来源", class: "num"},
}

// NewMeetings builds 会议台账.
func NewMeetings(in MeetingsInput) Meetings {
	at, f := in.Now.AsOf, in.Filter
	rows := newScope(in.Now, in.Units).meetings(in.Meetings)
	rows = slices.DeleteFunc(rows, func(m queries.MeetingRow) bool { return m.HeldOn.After(at.Quarter.Last()) })
	p := Meetings{Ledger: Ledger{
		Path: "/meetings", Search: f.Search, Hint: "单位、主持人、会议名称、纪要文号", Whole: len(rows),
		Hidden: fields(in.Address, append([]string{"kind", f.Kind}, f.order()...)...),
		Clear:  in.Address.Href("/meetings", "session", "all"),
	}}
	session := f.Session
	if session == "" {
		session = itoa(at.Year)
	}
	p.Selects = append(meetingSelects(rows, f, session), checkSelect(at.Regime, f.Check))
	checks := newCheckInput(at, in.Items)
	var matched []queries.MeetingRow
	kinds := map[string]int{}
	fit := 0
	for _, m := range rows {
		if session != "all" && itoa(m.SessionYear) != session || f.Unit != "" && string(m.Unit) != f.Unit ||
			f.Rank != "" && string(m.ChairRank) != f.Rank || !checks.failsCheck(f.Check, m) ||
			!has(f.Search, m.UnitName, m.ChairName, m.ChairTitle, m.Title, m.MinutesNumber, m.Remark) {
			continue
		}
		fit++
		kinds[string(m.Kind)]++
		if f.Kind == "" || f.Kind == string(m.Kind) {
			matched = append(matched, m)
		}
	}
	p.Chips = meetingChips(in.Address, f, kinds, fit)
	sortMeetings(matched, f.Sort, f.Falling)
	p.Matched = len(matched)
	p.Shown, p.More = clip(in.Address, p.Path, f.pairs(), len(matched), f.Show)
	for _, m := range matched[:p.Shown] {
		p.Rows = append(p.Rows, newMeetingLine(in.Address, at, m))
	}
	p.Table = meetingTable(matched, in.Reasons)
	g := f
	g.Sort = ""
	p.Heads = heads(in.Address, p.Path, g.pairs(), meetingColumns, f.Sort, f.Falling)
	p.XLSX, p.CSV = in.Address.Href("/meetings.xlsx", f.pairs()...), in.Address.Href("/meetings.csv", f.pairs()...)
	p.Picked = meetingWords(f, p.Selects)
	p.Lede = meetingLede(in)
	p.Foot = meetingFoot(matched)
	return p
}

func sortMeetings(rows []queries.MeetingRow, by string, falling bool) {
	slices.SortStableFunc(rows, func(a, b queries.MeetingRow) int {
		n := 0
		switch by {
		case "unit":
			n = compare(a.Unit, b.Unit)
		case "session":
			n = a.SessionYear - b.SessionYear
		case "kind":
			n = compare(a.Kind, b.Kind)
		case "held":
			n = a.HeldOn.Compare(b.HeldOn)
		case "rank":
			n = slices.Index(record.Ranks, a.ChairRank) - slices.Index(record.Ranks, b.ChairRank)
		case "minutes":
			n = a.MinutesIssuedOn.Compare(b.MinutesIssuedOn)
		}
		if falling {
			n = -n
		}
		for _, m := range []int{n, b.SessionYear - a.SessionYear, compare(a.Unit, b.Unit), a.HeldOn.Compare(b.HeldOn), compare(a.Kind, b.Kind)} {
			if m != 0 {
				return m
			}
		}
		return 0
	})
}

func newMeetingLine(a Address, at queries.AsOf, m queries.MeetingRow) MeetingLine {
	l := MeetingLine{
		Anchor: fmt.Sprintf("m-%s-%s", m.Unit, m.HeldOn), Unit: m.UnitName, UnitHref: a.Unit(string(m.Unit)), Session: itoa(m.SessionYear),
		Kind: m.Kind.Chinese(), Substitute: m.Kind == record.KindSubstitute, Counted: m.IsCounted, HeldOn: date(m.HeldOn), Timing: Nil,
		Chair: text(m.ChairName), ChairTitle: text(m.ChairTitle), Rank: m.ChairRank.Chinese(),
		Topics: topics(m), Agenda: agenda(m), Solicited: date(m.SolicitedOn), Minutes: date(m.MinutesIssuedOn),
		NoMinutes: m.MinutesIssuedOn.IsZero() && m.Kind != record.KindSubstitute, Publicity: text(m.Publicity),
	}
	if m.ChairDelegated {
		l.Rank += " 受托"
	}
	if m.Kind == record.KindAnnual && at.Regime != nil {
		l.Timing = "按期"
		if d := m.HeldOn.DaysSince(deadlineFor(at, m.SessionYear)); d > 0 {
			l.Timing, l.Late = fmt.Sprintf("迟 %d 天", d), true
		}
		if accept := at.Regime.AcceptRanks(); accept != nil {
			l.BelowRule = !slices.Contains(accept, m.ChairRank)
		}
	}
	if !m.MinutesIssuedOn.IsZero() && !m.HeldOn.IsZero() {
		l.MinutesNote = fmt.Sprintf("会后 %d 天", m.MinutesIssuedOn.DaysSince(m.HeldOn))
	}
	l.Cell = cellOf(m.Source, "held_on")
	l.CellTitle = fmt.Sprintf("打开原始报表 %s!%s（%s）", m.Source.Sheet, l.Cell, m.Quarter)
	l.CellHref = a.Source(m.Submission, m.Source.Sheet, l.Cell, meetingCells(m.Source)...)
	return l
}

// topics writes 3/5/0; a blank count is Nil.
func topics(m queries.MeetingRow) string {
	if m.GovTopics == nil && m.UnionTopics == nil && m.JointTopics == nil {
		return Nil
	}
	parts := make([]string, 3)
	for i, n := range []*int{m.GovTopics, m.UnionTopics, m.JointTopics} {
		parts[i] = text(count(n))
	}
	return strings.Join(parts, "/")
}

func agenda(m queries.MeetingRow) []AgendaBox {
	names := []string{"通报上次议定事项落实情况", "通报议题产生情况", "研究讨论并协商确定", "部署落实"}
	out := make([]AgendaBox, 4)
	for i, b := range []*bool{m.AgendaReport, m.AgendaTopics, m.AgendaDiscuss, m.AgendaDeploy} {
		switch {
		case b == nil:
			out[i] = AgendaBox{"空", "agenda-blank", names[i] + "：（空白）"}
		case *b:
			out[i] = AgendaBox{"是", "agenda-yes", names[i] + "：是"}
		default:
			out[i] = AgendaBox{"否", "agenda-no", names[i] + "：否"}
		}
	}
	return out
}

// meetingLede says how many met and names who did not.
func meetingLede(in MeetingsInput) []Phrase {
	held := in.Now.Total["annual_meeting_held"]
	out := []Phrase{{Text: fmt.Sprintf("%d年度应召开 %d 个，已召开 %d 个（%s）", in.Now.AsOf.Year, held.Den, held.Num, NewRate(held, "", "").Percent())}}
	for _, group := range []struct {
		status queries.AnnualStatus
		words  string
	}{{queries.NotHeld, "未召开"}, {queries.Substituted, "以其他会议代替"}, {queries.Pending, "未到期限"}} {
		var units []record.Unit
		for _, u := range in.Now.Units {
			if u.Status == group.status && !u.IsRollup {
				units = append(units, u.Unit)
			}
		}
		if len(units) > 0 {
			out = append(out, Phrase{Text: "；"})
			out = append(out, named(in.Address, units, "annual_meeting", group.words)...)
		}
	}
	return append(out, Phrase{Text: "。"})
}

func meetingFoot(matched []queries.MeetingRow) []string {
	n := map[record.MeetingKind]int{}
	for _, m := range matched {
		n[m.Kind]++
	}
	return []string{
		fmt.Sprintf("= 年度联席会议 %d + 临时联席会议 %d + 以其他会议代替 %d", n[record.KindAnnual], n[record.KindExtraordinary], n[record.KindSubstitute]),
		"以其他会议代替的不计为召开；同年有多次年度会议的，以最早一次计",
	}
}
