package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/queries"
)

// MatterInput is what the page of one matter is made from. Names are people by login; Documents are the papers issued to
// the unit, offered where the number of one is asked for. Typed is a form that was refused.
type MatterInput struct {
	Address   Address
	Outcome   queries.Outcome
	Today     period.Date
	Who       matter.Actor
	Names     map[string]string
	Documents []queries.Document
	ReplyDays int
	FileLimit string
	Typed     MatterTyped
}

// MatterTyped is what somebody typed into a step's form, and why it was refused.
type MatterTyped struct {
	Kind, On, Words, Person, DueOn, Document, Error string
}

// Matter is the page of one 督办事项.
type Matter struct {
	ID, Title, Unit, UnitHref, Source string
	State                             State
	Lede                              string
	Back                              string
	Steps                             []Step
	Targets                           []MatterTarget
	Outcome                           string
	History                           []MatterEvent
	Facts                             []Fact
	Forms                             []MatterForm
	Waiting                           string // who is expected to act, where it is not the one who looks
	Refused                           string // why the last form was refused, where its step is not offered any more
	Kept                              string // what was typed into it
}

// MatterTarget is one thing the matter is about, with what became of it.
type MatterTarget struct {
	Light                       *Light
	Name, Observed, Required    string
	Clause, ClauseSource        string
	Names                       string
	Cell, CellHref, FindingHref string
	Fate                        string
	Bad                         bool
}

// MatterEvent is one step taken.
type MatterEvent struct {
	On, Step, Who, At, Words, Due, Document, DocumentHref string
	Adverse                                               bool
	Files                                                 []MatterFile
}

// MatterFile is a file to download.
type MatterFile struct{ Name, Href, Size string }

// MatterForm is the form of one step.
type MatterForm struct {
	Kind, Name, Action, Note string
	Warning                  string // what speaks against the step
	Main                     bool   // the step the matter waits for
	Open                     bool
	Version                  string
	On, Today                string
	Words, WordsLabel        string
	WordsNeeded              bool
	AsksPerson               bool
	Person, PersonLabel      string
	AsksDue                  bool
	DueOn                    string
	AsksDocument             bool
	Document                 string
	Documents                []Option
	AsksFiles                bool
	FileLimit                string
	Error                    string
}

// matterSide are the steps behind a fold: they are not the way on.
var matterSide = map[matter.Kind]bool{matter.Return: true, matter.Extend: true, matter.Reopen: true, matter.Cancel: true}

// NewMatter builds the page.
func NewMatter(in MatterInput) Matter {
	m := in.Outcome.Matter
	p := Matter{
		ID: m.ID, Title: m.Title, Unit: m.UnitName, UnitHref: in.Address.Unit(string(m.Unit)), Source: m.Source.Chinese(),
		State: matterState(m, in.Today), Back: in.Address.Href("/matters"), Steps: matterLoop(in), Outcome: outcomeWord(in.Outcome),
	}
	if n := m.OverdueDays(in.Today); n > 0 {
		p.Lede = fmt.Sprintf("应于 %s 前反馈，已逾期 %d 天", m.DueOn, n)
	} else if m.Awaits() {
		p.Lede = fmt.Sprintf("应于 %s 前反馈，还有 %d 天", m.DueOn, m.DueOn.DaysSince(in.Today))
	}
	for _, t := range in.Outcome.Targets {
		p.Targets = append(p.Targets, matterTarget(in, t))
	}
	for _, s := range m.Steps {
		p.History = append(p.History, matterEvent(in, s))
	}
	p.Facts = matterFacts(in)
	for _, k := range matter.Kinds {
		if m.May(in.Who, k) == nil {
			p.Forms = append(p.Forms, matterForm(in, k))
		}
	}
	p.Waiting = waitingFor(m, in.Who)
	if in.Typed.Error != "" && !slices.ContainsFunc(p.Forms, func(f MatterForm) bool { return f.Kind == in.Typed.Kind }) {
		p.Refused, p.Kept = in.Typed.Error, in.Typed.Words
	}
	return p
}

// matterLoop are the six steps with the day and the person of each.
func matterLoop(in MatterInput) []Step {
	m := in.Outcome.Matter
	reached, days := matterReached(m), matterDays(m)
	kinds := [...]matter.Kind{matter.Open, matter.Assign, matter.Receive, matter.Reply, matter.Check, matter.Close}
	steps := make([]Step, len(matterSteps))
	now := false
	for i, name := range matterSteps {
		steps[i] = Step{Class: "step-todo", Dot: itoa(i + 1), Name: name}
		switch {
		case reached[i]:
			steps[i].Class, steps[i].Note = "step-done", days[i].String()
			if s := m.Last(kinds[i]); s != nil && !days[i].IsZero() {
				steps[i].Note += " " + byWhom(in.Names, *s)
			}
			if days[i].IsZero() {
				steps[i].Note = "县（市、区）已报完成"
			}
		case m.State == matter.Cancelled:
			steps[i].Note = ""
		case !now && m.OverdueDays(in.Today) > 0:
			steps[i].Class, steps[i].Dot, now = "step-late", "!", true
			steps[i].Note = fmt.Sprintf("逾期 %d 天", m.OverdueDays(in.Today))
		case !now:
			steps[i].Class, now = "step-now", true
			steps[i].Note = map[int]string{2: dueNote(m), 3: dueNote(m), 5: "须由另一人办理"}[i]
		}
	}
	return steps
}

func dueNote(m *matter.Matter) string {
	if m.DueOn.IsZero() {
		return ""
	}
	return m.DueOn.String() + " 前反馈"
}

// byWhom is who took a step: the county's person, where an officer recorded it.
func byWhom(names map[string]string, s matter.Step) string {
	who := shortName(names, s.Actor)
	if s.ForUnit {
		return s.Person + "（" + who + "代录）"
	}
	if s.Person != "" && s.Person != who {
		return s.Person
	}
	return who
}

func matterTarget(in MatterInput, t queries.TargetOutcome) MatterTarget {
	x := t.Target
	m := in.Outcome.Matter
	v := MatterTarget{
		Name: matter.TargetName(x), Observed: x.Observed, Required: x.Required, Clause: x.ClauseText,
		ClauseSource: x.ClauseDocument + x.ClauseNumber, Names: join(x.Names), Fate: fateWord(t), Bad: t.Fate == queries.FateBack,
	}
	if x.Severity != "" {
		l := severityLight(x.Severity)
		v.Light = &l
	}
	if x.Finding != "" {
		v.FindingHref = in.Address.Href("/findings#"+x.Finding, "period", m.Quarter.String(), "year", itoa(m.Year), "regime", m.Regime)
	}
	if x.ItemKey != "" {
		v.Observed = fmt.Sprintf("%d年度%s议定，县（市、区）填报「已完成」", x.SessionYear, x.MeetingKind.Chinese())
	}
	if x.Submission != "" {
		v.Cell, v.CellHref = x.Sheet+"!"+x.Cell, in.Address.Source(x.Submission, x.Sheet, x.Cell)
	}
	return v
}

func matterEvent(in MatterInput, s matter.Step) MatterEvent {
	m := in.Outcome.Matter
	e := MatterEvent{
		On: s.On.String(), Step: s.Kind.Chinese(), Who: byWhom(in.Names, s), At: moment(s.At), Words: s.Words, Document: s.Document,
		Adverse: s.Kind == matter.Return || s.Kind == matter.Reopen || s.Kind == matter.Cancel,
	}
	if !s.DueOn.IsZero() {
		e.Due = s.DueOn.String() + " 前反馈"
	}
	for _, d := range in.Documents {
		if d.ID == s.Document || d.Number != "" && d.Number == s.Document {
			e.Document, e.DocumentHref = documentName(d), in.Address.Href("/documents/"+d.ID)
		}
	}
	for _, f := range s.Files {
		e.Files = append(e.Files, MatterFile{f.Name, "/matters/" + m.ID + "/files/" + f.SHA256, bytesWord(f.Size)})
	}
	return e
}

// dueDay offers the city's own reply days; where none are set the day is asked for.
func dueDay(from period.Date, days int) string {
	if days <= 0 {
		return ""
	}
	return from.AddDays(days).String()
}

func documentName(d queries.Document) string {
	if d.Number != "" {
		return d.Number
	}
	return d.Title
}

// bytesWord is a file's size as people read it.
func bytesWord(n int64) string {
	switch {
	case n >= 1<<20:
		return tenths(int(n*10>>20)) + " MB"
	case n >= 1<<10:
		return itoa(n>>10) + " KB"
	}
	return itoa(n) + " 字节"
}

func matterFacts(in MatterInput) []Fact {
	m := in.Outcome.Matter
	facts := []Fact{{Name: "来源", Text: m.Source.Chinese()}}
	if !m.Quarter.IsZero() {
		facts = append(facts, Fact{Name: "立项依据", Text: m.Quarter.Chinese() + "、会议年度 " + itoa(m.Year)})
	}
	if m.Document != "" {
		facts = append(facts, Fact{Name: "交办文号", Text: m.Document})
	}
	if m.Extended > 0 || m.Returned > 0 {
		facts = append(facts, Fact{Name: "首次期限", Text: date(m.FirstDueOn)}, Fact{Name: "退回、延期", Text: fmt.Sprintf("退回 %d 次，延期 %d 次", m.Returned, m.Extended)})
	}
	if len(in.Outcome.Targets) > 0 {
		facts = append(facts, Fact{Name: "交办之后", Text: outcomeWord(in.Outcome)})
	}
	if in.Outcome.Days >= 0 {
		facts = append(facts, Fact{Name: "用时", Text: itoa(in.Outcome.Days) + " 天"})
	}
	return facts
}

// waitingFor says who is expected, where the one who looks is not.
func waitingFor(m *matter.Matter, who matter.Actor) string {
	switch {
	case m.State == matter.Cancelled:
		return "本事项已撤销立项。如需继续督办，请重新立项。"
	case m.State == matter.Closed:
		if who.Officer && who.Login == m.Closer {
			return "本事项由你销号。如有出入，由另一名督导人员撤销销号。"
		}
		return "本事项已销号。"
	case m.State == matter.Checked && who.Officer && who.Login == m.Checker:
		return "本事项由你复核，销号须由另一名督导人员办理。"
	case m.Awaits() && who.Officer:
		return "等待" + m.UnitName + strings.TrimPrefix(m.State.Chinese(), "待") + "；对方用书面或电话答复的，可在此代为登记。"
	case m.Awaits() && who.Unit == "":
		return "等待" + m.UnitName + strings.TrimPrefix(m.State.Chinese(), "待") + "。"
	case !who.Officer && !m.Awaits():
		return "等待市级督导人员" + strings.TrimPrefix(m.State.Chinese(), "待") + "。"
	}
	return ""
}

func matterForm(in MatterInput, k matter.Kind) MatterForm {
	m := in.Outcome.Matter
	f := MatterForm{
		Kind: string(k), Name: k.Chinese(), Action: in.Address.Href("/matters/" + m.ID + "/" + string(k)), Main: !matterSide[k],
		Version: itoa(m.Version), On: in.Today.String(), Today: in.Today.String(), WordsLabel: "说明", AsksFiles: true,
		FileLimit: in.FileLimit,
	}
	switch k {
	case matter.Assign:
		f.AsksDue, f.AsksDocument, f.WordsLabel, f.DueOn = true, true, "交办要求", dueDay(in.Today, in.ReplyDays)
	case matter.Receive:
		f.AsksPerson, f.PersonLabel, f.AsksFiles = in.Who.Officer, "签收人", false
		f.WordsLabel = "备注"
	case matter.Reply:
		f.AsksPerson, f.PersonLabel, f.WordsLabel, f.WordsNeeded = true, "反馈人", "反馈情况", true
		f.Note = "写明办理经过、结果；佐证材料（纪要、文件、照片等）作为附件上传。"
	case matter.Check:
		f.WordsLabel = "复核意见"
		f.Note = "复核通过后，由另一名督导人员销号。"
	case matter.Close:
		f.WordsLabel = "销号意见"
		if len(m.Items()) > 0 {
			f.Note = "销号后，议定事项台账显示「已销号」，计入销号率。"
		}
	case matter.Return:
		f.AsksDue, f.WordsLabel, f.WordsNeeded, f.DueOn = true, "退回理由", true, dueDay(in.Today, in.ReplyDays)
	case matter.Extend:
		f.AsksDue, f.WordsLabel, f.WordsNeeded, f.DueOn = true, "延期理由", true, dueDay(m.DueOn, in.ReplyDays)
		f.Note = "按期反馈与否仍按首次期限 " + m.FirstDueOn.String() + " 判断。"
	case matter.Reopen:
		f.WordsLabel, f.WordsNeeded = "撤销理由", true
		f.Note = "撤销后回到「待交办」；所含议定事项不再计入销号率。"
	case matter.Cancel:
		f.WordsLabel, f.WordsNeeded, f.AsksFiles = "撤销理由", true, false
	}
	if k == matter.Check || k == matter.Close {
		f.Warning = unsolved(in.Outcome)
	}
	if f.AsksDocument {
		for _, d := range in.Documents {
			f.Documents = append(f.Documents, Option{Value: documentName(d), Text: d.Title})
		}
	}
	if t := in.Typed; t.Kind == string(k) {
		f.On, f.Words, f.Person, f.DueOn, f.Document, f.Error, f.Open = t.On, t.Words, t.Person, t.DueOn, t.Document, t.Error, true
	}
	return f
}

// unsolved says what the reports still show, and what the answer lacks: a person decides all the same.
func unsolved(o queries.Outcome) string {
	var parts []string
	n, seen := 0, period.Quarter{}
	for _, t := range o.Targets {
		if t.Fate == queries.FateOpen || t.Fate == queries.FateBack {
			n, seen = n+1, t.SeenIn
		}
	}
	if n > 0 {
		parts = append(parts, fmt.Sprintf("截至%s的报表，仍有 %d 项未解决", seen.Chinese(), n))
	}
	if last := o.Matter.Last(matter.Reply); last != nil && len(last.Files) == 0 {
		parts = append(parts, "反馈没有佐证材料")
	}
	return strings.Join(parts, "；")
}
