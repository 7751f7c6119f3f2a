package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// Briefing is 专项汇报: the answers of one as-of. Metrics is needed; every list may be empty. Metrics.AsOf must be
// complete (year, level, known-at, regime). Lists may hold more units than Metrics does.
type Briefing struct {
	City        string           // 云州市
	Metrics     *queries.Metrics // the level asked, in ranking order
	Zones       *queries.Metrics // 开发区, in a block of their own; nil where there are none or they are what was asked
	Before      *queries.Metrics // the quarter before, for changes; nil leaves them out
	Findings    []queries.Finding
	Meetings    []queries.MeetingRow
	Resolutions []queries.ResolutionRow
	Sent        []queries.SentRow
	// DeadlineSource is the document that set the year's own deadline, 《标题》（文号）. It must not be empty where
	// Metrics.AsOf.Deadline is not the regime's: being late is printed only with it.
	DeadlineSource string
	GeneratedNote  string // last note of every sheet, such as who made it; may be empty
}

// Names of the sheets, in their order.
const (
	sheetHolding    = "召开情况统计表"
	sheetResolution = "议定事项落实情况表"
	sheetRanking    = "排名与得分表"
	sheetArithmetic = "得分算式"
	sheetOpenItem   = "未办结事项清单"
	sheetFinding    = "问题清单"
	sheetSubmission = "报送情况"
	sheetChart      = "图表"
)

// Write writes the workbook. It returns a fault.Conflict, and writes nothing, when two numbers for one thing differ.
func (b Briefing) Write(w io.Writer) error {
	if err := b.check(); err != nil {
		return err
	}
	p := newPaper(b)
	resolutions, ranking := p.resolutions(), p.ranking()
	tables := []xlsx.Table{
		p.holding(), resolutions, ranking, p.arithmetic(), p.openItems(), p.findings(), p.submissions(), p.charts(ranking, resolutions),
	}
	for i := range tables {
		if b.GeneratedNote != "" {
			tables[i].Notes = append(tables[i].Notes, b.GeneratedNote)
		}
	}
	book := xlsx.Book{
		Title:   b.City + p.asOf.Quarter.Chinese() + "政府与工会联席会议专项汇报",
		Subject: "截至" + p.asOf.Quarter.Last().Chinese(),
		Company: b.City + "总工会",
		Created: created(p.asOf),
		Tables:  tables,
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("briefing %s: %w", p.asOf.Quarter, err)
	}
	return nil
}

// created is the document's date: the moment the data was known at, never the clock.
func created(a queries.AsOf) time.Time {
	if a.KnownAt.IsZero() {
		return a.Quarter.Last().AddDays(1).Start()
	}
	return a.KnownAt
}

// paper is a briefing with what its sheets look up.
type paper struct {
	Briefing
	asOf    queries.AsOf
	units   []queries.UnitResult // in official order, by code
	zones   []queries.UnitResult // likewise
	counted map[record.UnitCode]queries.MeetingRow
	items   map[record.UnitCode][]queries.ResolutionRow
	word    string // 县（市、区）
}

func newPaper(b Briefing) *paper {
	p := &paper{
		Briefing: b, asOf: b.Metrics.AsOf, units: byCode(b.Metrics.Units),
		counted: map[record.UnitCode]queries.MeetingRow{}, items: map[record.UnitCode][]queries.ResolutionRow{},
	}
	if b.Before != nil && (b.Before.AsOf.Year != p.asOf.Year || b.Before.AsOf.Quarter != p.asOf.Quarter.Add(-1)) {
		p.Before = nil // rates restart with the year; only neighbours compare
	}
	if b.Zones != nil {
		p.zones = byCode(b.Zones.Units)
	}
	for _, m := range b.Meetings {
		if m.IsCounted {
			p.counted[m.Unit] = m
		}
	}
	for _, r := range b.Resolutions {
		p.items[r.Unit] = append(p.items[r.Unit], r)
	}
	p.word = unitWord(p.units)
	return p
}

func byCode(units []queries.UnitResult) []queries.UnitResult {
	out := slices.Clone(units)
	slices.SortFunc(out, func(a, b queries.UnitResult) int { return cmp.Compare(a.Unit.Code, b.Unit.Code) })
	return out
}

// base starts a sheet: its title under the city's name and the line above the head.
func (p *paper) base(name, title, counters string) xlsx.Table {
	left := "截至：" + p.asOf.Quarter.Last().Chinese() + "　口径：" + cohortWords(p.asOf)
	if p.asOf.Regime != nil {
		left += "　制度：" + p.asOf.Regime.Name
	}
	return xlsx.Table{Name: name, Title: title, Left: left, Right: "单位：" + counters, Freeze: 2}
}

// suspensionNotes mark the rules that were not judged; none when every rule holds.
func (p *paper) suspensionNotes() []string {
	var notes []string
	if p.asOf.Regime != nil {
		for _, note := range p.asOf.Regime.SuspensionNotes() {
			notes = append(notes, "规则“"+strings.Replace(note, "暂停执行", "”暂停执行", 1)+"，相应问题不列、得分不计。")
		}
	}
	return notes
}

// knownNote says which versions were counted.
func (p *paper) knownNote() string {
	s := "数据依据各单位报表"
	if !p.asOf.KnownAt.IsZero() {
		t := p.asOf.KnownAt.In(period.Shanghai)
		s += fmt.Sprintf("，采用%s%d时", period.DateOf(t).Chinese(), t.Hour())
		if t.Minute() > 0 {
			s += fmt.Sprintf("%d分", t.Minute())
		}
		s += "前接收的版本"
	}
	return s + "。"
}

// zoneGroup heads the zones' block.
const zoneGroup = "开发区（单列，不计入合计和排名）"

// numbered puts 注：and numbers before the notes, as tables of official papers do.
func numbered(notes ...string) []string {
	out := make([]string, len(notes))
	for i, n := range notes {
		head := "　　"
		if i == 0 {
			head = "注："
		}
		out[i] = fmt.Sprintf("%s%d.%s", head, i+1, n)
	}
	return out
}
