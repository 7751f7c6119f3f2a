package export

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/queries"
)

// Dossier is everything the official papers of one as-of are made from. Metrics is needed and its AsOf complete; the
// cohort is the active one. What is nil is not spoken of: a comparison without its other side is left out, never 0.
type Dossier struct {
	City         string
	Metrics      *queries.Metrics
	Findings     []queries.Finding
	Meetings     []queries.MeetingRow
	Resolutions  []queries.ResolutionRow
	Sent         []queries.SentRow
	Before       *queries.Metrics // the quarter before, of the same year
	BeforeItems  []queries.ResolutionRow
	YearAgo      *queries.Metrics // the same quarter a year ago
	PreviousYear *queries.Metrics // the session year before, at its fourth quarter
	PreviousSent []queries.SentRow
	Levels       *Levels // every level's units and establishments; only 年度通报 needs it
	Settings     setting.Settings
	// KnownAt is the moment to print; zero where the papers take what is there now, and then the last receipt is printed.
	KnownAt  time.Time
	IssuedOn period.Date // 成文日期
	Draft    bool        // missing settings become marked blanks 〔待填：文号〕
	// Number, where given, is the document number of the one paper made, whatever is set and wherever it stands in a batch.
	Number string
	// Recount makes a paper that was issued before from data that came after its date, to hold the two against each other:
	// such a paper is never handed out.
	Recount bool
}

// desk is a dossier with what the sentences look up, and what was found missing on the way.
type desk struct {
	Dossier
	kind    string
	asOf    queries.AsOf
	on      period.Date          // D
	units   []queries.UnitResult // judged units in official order
	counted map[record.UnitCode]queries.MeetingRow
	items   map[record.UnitCode][]queries.ResolutionRow
	found   map[string][]queries.Finding // by rule, in official order of units
	sent    map[record.UnitCode]queries.SentRow
	word    string // 县（市、区）
	listAt  string // where a list too long for the text stands: 附件1
	namesAt string // the attachment of the lists that no table shows, "" where a paper has none
	names   [][]record.Unit
	missing []string
	gaps    []Gap
	reply   period.Date // by when a reply is asked for
	wrong   error       // the first disagreement met while writing
}

// newDesk refuses a level that the regime does not oblige and answers that disagree with each other.
func newDesk(d Dossier, kind string) (*desk, error) {
	a := d.Metrics.AsOf
	if !a.Regime.Obliges(a.Level) {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("%s没有生成：制度「%s」没有对%s提出要求。", kind, a.Regime.Name, levelWord(a.Level)), "请换一个层级或制度。")
	}
	if err := d.agree(kind); err != nil {
		return nil, err
	}
	k := &desk{
		Dossier: d, kind: kind, asOf: a, on: a.Quarter.Last(), listAt: "附件1", counted: map[record.UnitCode]queries.MeetingRow{},
		items: map[record.UnitCode][]queries.ResolutionRow{}, found: map[string][]queries.Finding{}, sent: map[record.UnitCode]queries.SentRow{},
	}
	for _, u := range byCode(d.Metrics.Units) {
		if !u.IsRollup {
			k.units = append(k.units, u)
		}
	}
	k.word = unitWord(k.units)
	for _, m := range d.Meetings {
		if m.IsCounted {
			k.counted[m.Unit] = m
		}
	}
	for _, r := range d.Resolutions {
		k.items[r.Unit] = append(k.items[r.Unit], r)
	}
	for _, f := range d.Findings {
		k.found[f.Rule] = append(k.found[f.Rule], f)
	}
	for _, list := range k.found {
		slices.SortStableFunc(list, func(x, y queries.Finding) int { return cmp.Compare(x.Unit.Code, y.Unit.Code) })
	}
	for _, s := range d.Sent {
		if s.Quarter == a.Quarter {
			k.sent[s.Unit.Code] = s
		}
	}
	if d.Before != nil && (d.Before.AsOf.Year != a.Year || d.Before.AsOf.Quarter != a.Quarter.Add(-1)) {
		k.Before = nil
	}
	k.sums()
	return k, nil
}

// agree holds the answers against each other as the briefing does (grammar, part 8).
func (d Dossier) agree(kind string) error {
	b := Briefing{Metrics: d.Metrics, Findings: d.Findings, Meetings: d.Meetings, Resolutions: d.Resolutions, Sent: d.Sent, DeadlineSource: d.deadlineDocument()}
	err := b.check()
	var f *fault.Error
	if errors.As(err, &f) {
		return fault.New(f.Code, strings.Replace(f.Message, "专项汇报没有生成", kind+"没有生成", 1), f.Hint)
	}
	return err
}

// deadlineDocument is the document that set the year's own deadline, "" where the regime's own holds.
func (d Dossier) deadlineDocument() string {
	own, ok := d.Settings.Deadline(d.Metrics.AsOf.Year)
	if !ok {
		return ""
	}
	return own.Document
}

// need is a setting the paper cannot do without.
func (k *desk) need(key string) Span {
	if v := k.Settings[key]; v != "" {
		return fact("setting/"+key, v)
	}
	return k.blank(key, setting.Name(key))
}

// number is the document's number: the one given for this paper, else the one set.
func (k *desk) number(key string) Span {
	if k.Number != "" {
		return fact("setting/"+key, k.Number)
	}
	return k.need(key)
}

// blank is a marked blank in a draft; otherwise the paper will be refused for it.
func (k *desk) blank(key, name string) Span {
	if !slices.Contains(k.missing, name) {
		k.missing = append(k.missing, name)
		k.gaps = append(k.gaps, Gap{Key: key, Name: name})
	}
	return Span{Text: "〔待填：" + name + "〕", Look: docx.Blank}
}

// complete refuses a paper with anything missing, all in one list.
func (k *desk) complete() error {
	if k.wrong != nil {
		return k.wrong
	}
	if k.Draft || len(k.missing) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, fmt.Sprintf("%s没有生成：缺少%d项设置：%s。", k.kind, len(k.missing), strings.Join(k.missing, "、")),
		"请用 liandu settings set 键 值 补齐（liandu settings list 列出全部键），或加 --draft 先留出空白。")
}

// must records the first pair of numbers for one thing that differ.
func (k *desk) must(what, one string, a int64, other string, b int64) {
	if k.wrong != nil || a == b {
		return
	}
	k.wrong = fault.New(fault.Conflict, fmt.Sprintf("%s没有生成：%s，%s为%d，%s为%d，两数不一致。", k.kind, what, one, a, other, b),
		"请运行 liandu verify 核对数据，再重新生成。")
}

// basis is the document the papers rest on. A city whose document the regime is may go without the setting.
func (k *desk) basis() Span {
	r := k.asOf.Regime
	if v := k.Settings["basis.document"]; v != "" {
		return fact("setting/basis.document", v)
	}
	if r.City == k.City {
		return fact("regime/"+r.ID+"/document", r.Document.Cite())
	}
	return k.blank("basis.document", setting.Name("basis.document"))
}

// deadlineSpan is the last day of the annual meeting; cited is 《…》（…）确定的 where the city set it, or nothing.
func (k *desk) deadlineSpan() Span {
	return date("deadline/"+strconv.Itoa(k.asOf.Year), deadline(k.asOf))
}

func (k *desk) deadlineCited() []Span {
	if doc := k.deadlineDocument(); doc != "" {
		return spans(fact("setting/deadline."+strconv.Itoa(k.asOf.Year)+".document", doc), "确定的")
	}
	return nil
}

// replyBy and remedyBy are days after the paper's date.
func (k *desk) replyBy() Span  { return k.daysAfter("reply.days", "回复日期") }
func (k *desk) remedyBy() Span { return k.daysAfter("remedy.days", "补办日期") }

func (k *desk) daysAfter(key, name string) Span {
	n, err := strconv.Atoi(k.Settings[key])
	if err != nil || n < 1 {
		if !k.Draft {
			name = setting.Name(key)
		}
		return k.blank(key, name)
	}
	if key == "reply.days" || key == "dispatch.days" {
		k.reply = k.IssuedOn.AddDays(n)
	}
	return date("setting/"+key, k.IssuedOn.AddDays(n))
}

// asOfSpan is D.
func (k *desk) asOfSpan() Span { return date("as_of", k.on) }

func (k *desk) issuedSpan() Span { return date("issued_on", k.IssuedOn) }

// year is the session year as words: 2024年度.
func (k *desk) year() string { return strconv.Itoa(k.asOf.Year) + "年度" }

func (k *desk) quarterWord(q period.Quarter) string {
	return "第" + [...]string{"", "一", "二", "三", "四"}[q.N] + "季度"
}

// known says which versions were counted.
func (k *desk) known() string {
	at, words := k.KnownAt, "%s前接收的版本"
	if at.IsZero() {
		for _, s := range k.Sent {
			if s.LastReceivedAt.After(at) {
				at = s.LastReceivedAt
			}
		}
		words = "现已接收的版本，最后一份于%s接收"
	}
	if at.IsZero() {
		return "现已接收的版本"
	}
	at = at.In(period.Shanghai)
	moment := fmt.Sprintf("%s%d时", period.DateOf(at).Chinese(), at.Hour())
	if at.Minute() > 0 {
		moment += fmt.Sprintf("%d分", at.Minute())
	}
	return fmt.Sprintf(words, moment)
}

// isUnreported reports whether a unit that reports itself has sent nothing for Q: what it did not send is not what it
// did not do.
func (k *desk) isUnreported(code record.UnitCode) bool {
	s, ok := k.sent[code]
	return ok && s.Version == 0
}

// missedBefore reports whether a unit is known to have held no annual meeting of the year before: its reports of that
// year are there and none tells of one.
func (k *desk) missedBefore(code record.UnitCode) bool {
	if k.PreviousYear == nil {
		return false
	}
	u := k.PreviousYear.Unit(code)
	if u == nil || u.Status != queries.NotHeld && u.Status != queries.Substituted {
		return false
	}
	return slices.ContainsFunc(k.PreviousSent, func(s queries.SentRow) bool {
		return s.Unit.Code == code && s.Version > 0 && s.Quarter.N == 4 && s.Quarter.Year == k.PreviousYear.AsOf.Year
	})
}

// finding returns a unit's finding of a rule, nil when there is none.
func (k *desk) finding(rule string, code record.UnitCode) *queries.Finding {
	for i, f := range k.found[rule] {
		if f.Unit.Code == code {
			return &k.found[rule][i]
		}
	}
	return nil
}

// population is a unit's 应办事项, the oldest session first, then by number.
func (k *desk) population(code record.UnitCode) []queries.ResolutionRow {
	var out []queries.ResolutionRow
	for _, r := range k.items[code] {
		if r.InPopulation {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y queries.ResolutionRow) int {
		n, _ := strconv.Atoi(x.ItemNo)
		m, _ := strconv.Atoi(y.ItemNo)
		return cmp.Or(cmp.Compare(x.SessionYear, y.SessionYear), cmp.Compare(x.Kind, y.Kind), cmp.Compare(n, m), cmp.Compare(x.Title, y.Title))
	})
	return out
}

// itemID names an item in the sources of a paper.
func itemID(r queries.ResolutionRow) string {
	return fmt.Sprintf("item/%s/%d/%s/%s", r.Unit, r.SessionYear, r.Kind, r.ItemKey)
}
