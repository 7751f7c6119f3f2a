package extract

import (
	"fmt"
	"strconv"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// Disagreement is one point on which a text and a workbook differ about the same meeting (表文互证). Words is quoted from
// the text, Figures names the cell and its value; one of them is empty where one side does not speak of the matter.
type Disagreement struct {
	Field   string `json:"field"`   // held_on, chair_name, chair_rank, topics_count, report_back, resolutions, meeting
	Words   string `json:"words"`   // as the text writes it
	Figures string `json:"figures"` // 会议召开!E5 2024-09-13
	Sheet   string `json:"sheet"`   // of that cell; both empty where the sheet does not speak of it
	Cell    string `json:"cell"`
	Span    Span   `json:"span"` // of Words, zero where the text does not speak of it
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

const checkBoth = "请核对会议纪要原件，把写错的一处改正后重新报送。"

// Against sets what a text says beside the rows a workbook holds of the same unit, and returns every point on which they
// differ, the meeting's first, then the items'. What either side leaves out is no disagreement, except an item or a meeting
// that only one side knows. The rows may be of several years: those of the text's session are sought out.
func Against(e Extraction, meetings []record.Meeting, resolutions []record.Resolution) []Disagreement {
	if e.Kind != KindAnnual && e.Kind != KindExtraordinary {
		return nil
	}
	c := comparison{e: e}
	m, ok := c.sameMeeting(meetings)
	if !ok {
		c.add("meeting", e.Spans["kind"], inSheet{}, "文中报道了这次联席会议，报表「会议召开」中没有这次会议。", "请补报这次会议，或核对所属年度和会议形式。")
		return c.found
	}
	c.date(m)
	c.chair(m)
	c.topics(m)
	c.reportBack(m)
	c.items(m, resolutions)
	return c.found
}

type comparison struct {
	e     Extraction
	found []Disagreement
}

// inSheet is where a sheet speaks of a matter, the zero value where it does not.
type inSheet struct{ text, sheet, cell string }

func (c *comparison) add(field string, words Span, f inSheet, message, hint string) {
	c.found = append(c.found, Disagreement{
		Field: field, Words: c.e.quote(words), Span: words, Figures: f.text, Sheet: f.sheet, Cell: f.cell, Message: message, Hint: hint,
	})
}

// sameMeeting finds the row of the text's meeting: of its kind and session year, rather the one of its day.
func (c *comparison) sameMeeting(meetings []record.Meeting) (record.Meeting, bool) {
	best, ok := record.Meeting{}, false
	for _, m := range meetings {
		sameDay := !c.e.HeldOn.IsZero() && m.HeldOn == c.e.HeldOn
		sameSession := c.e.SessionYear != 0 && m.SessionYear == c.e.SessionYear && string(m.Kind) == string(c.e.Kind)
		switch {
		case sameDay:
			return m, true
		case sameSession && !ok, c.e.SessionYear == 0 && c.e.HeldOn.IsZero() && len(meetings) == 1:
			best, ok = m, true
		}
	}
	return best, ok
}

func cellOf(s record.Source, field, value string) inSheet {
	if cell := s.Cells[field]; cell != "" {
		return inSheet{s.Sheet + "!" + cell + " " + value, s.Sheet, cell}
	}
	return inSheet{text: fmt.Sprintf("%s第 %d 行 %s", s.Sheet, s.Row, value), sheet: s.Sheet}
}

func (c *comparison) date(m record.Meeting) {
	if c.e.HeldOn.IsZero() || m.HeldOn.IsZero() || c.e.HeldOn == m.HeldOn {
		return
	}
	c.add("held_on", c.e.Spans["held_on"], cellOf(m.Source, "held_on", m.HeldOn.String()),
		fmt.Sprintf("召开日期不一致：文中是 %s，报表是 %s。", c.e.HeldOn, m.HeldOn), checkBoth)
}

func (c *comparison) chair(m record.Meeting) {
	isNamed := c.e.ChairName != "" && m.ChairName != ""
	if isNamed && cntext.Name(c.e.ChairName) != cntext.Name(m.ChairName) {
		c.add("chair_name", c.e.Spans["chair_name"], cellOf(m.Source, "chair_name", m.ChairName),
			fmt.Sprintf("主持人不一致：文中是 %s，报表是 %s。", c.e.ChairName, m.ChairName), checkBoth)
		return
	}
	if c.e.ChairRank != record.RankUnknown && m.ChairRank != record.RankUnknown && m.ChairRank != "" && c.e.ChairRank != m.ChairRank {
		c.add("chair_rank", c.e.Spans["chair_title"], cellOf(m.Source, "chair_title", m.ChairTitle),
			fmt.Sprintf("主持人职务不一致：文中是%s（%s），报表是%s（%s）。", c.e.ChairTitle, c.e.ChairRank.Chinese(), m.ChairTitle, m.ChairRank.Chinese()), checkBoth)
	}
}

func (c *comparison) topics(m record.Meeting) {
	if c.e.TopicsCount == nil || m.GovTopics == nil && m.UnionTopics == nil && m.JointTopics == nil {
		return
	}
	sum := 0
	first := ""
	for _, side := range []struct {
		field string
		n     *int
	}{{"gov_topics", m.GovTopics}, {"union_topics", m.UnionTopics}, {"joint_topics", m.JointTopics}} {
		if side.n == nil {
			continue
		}
		sum += *side.n
		if first == "" {
			first = side.field
		}
	}
	if sum == *c.e.TopicsCount {
		return
	}
	words, ok := c.e.Spans["topics_count"]
	if !ok {
		words = c.e.Spans["topics"]
	}
	c.add("topics_count", words, cellOf(m.Source, first, "政府方、工会方、联合议题合计 "+strconv.Itoa(sum)),
		fmt.Sprintf("议题数不一致：文中是 %d 个，报表各方合计 %d 个。", *c.e.TopicsCount, sum), checkBoth)
}

func (c *comparison) reportBack(m record.Meeting) {
	if c.e.ReportBack == nil || m.AgendaReport == nil || *c.e.ReportBack == *m.AgendaReport {
		return
	}
	c.add("report_back", c.e.Spans["report_back"], cellOf(m.Source, "agenda_report", map[bool]string{true: "是", false: "否"}[*m.AgendaReport]),
		"「通报上次议定事项落实情况」不一致：文中写有通报，报表填「否」。", checkBoth)
}

// items matches the text's resolutions with the sheet's by title. Without any in the text only the number it says is
// compared.
func (c *comparison) items(m record.Meeting, all []record.Resolution) {
	var rows, earlier []record.Resolution
	for _, r := range all {
		switch {
		case r.SessionYear == m.SessionYear && r.Kind == m.Kind:
			rows = append(rows, r)
		case r.SessionYear == m.SessionYear-1 && r.Kind == record.KindAnnual:
			earlier = append(earlier, r)
		}
	}
	if n := c.e.said.resolutions; n != 0 && n != len(rows) {
		c.add("resolutions", c.e.said.resolutionsAt, sheetOf(rows, len(rows)),
			fmt.Sprintf("议定事项数不一致：文中说 %d 项，报表有 %d 项。", n, len(rows)), checkBoth)
	}
	if n := c.e.said.earlier; n != 0 && len(earlier) != 0 && n != len(earlier) {
		c.add("resolutions", c.e.said.earlierAt, sheetOf(earlier, len(earlier)),
			fmt.Sprintf("上次议定事项数不一致：文中说 %d 项，报表有 %d 项。", n, len(earlier)), checkBoth)
	}
	if len(c.e.Resolutions) == 0 {
		return
	}
	matched := make([]bool, len(rows))
	for i, said := range c.e.Resolutions {
		row, ok := match(said, rows, matched)
		if !ok {
			c.add("resolutions", c.e.Spans["resolutions["+strconv.Itoa(i)+"]"], inSheet{},
				fmt.Sprintf("文中议定的「%s」，报表「议定事项」中没有。", said.Title), "请补报这一事项，或说明为何不列入。")
			continue
		}
		c.item(i, said, row)
	}
	for i, row := range rows {
		if !matched[i] {
			c.add("resolutions", Span{}, cellOf(row.Source, "title", row.Title),
				fmt.Sprintf("报表的议定事项「%s」，文中没有。", row.Title), "请核对会议纪要是否议定过这一事项。")
		}
	}
}

func (c *comparison) item(i int, said Resolution, row record.Resolution) {
	words := c.e.Spans["resolutions["+strconv.Itoa(i)+"]"]
	if !said.DueOn.IsZero() && !row.DueOn.IsZero() && said.DueOn != row.DueOn {
		c.add("resolutions", words, cellOf(row.Source, "due_on", row.DueOn.String()),
			fmt.Sprintf("「%s」的完成时限不一致：文中是 %s，报表是 %s。", row.Title, said.DueOn, row.DueOn), checkBoth)
	}
	if said.LeadUnit != nil && row.LeadUnit != "" && !sameOffices(*said.LeadUnit, row.LeadUnit) {
		c.add("resolutions", words, cellOf(row.Source, "lead_unit", row.LeadUnit),
			fmt.Sprintf("「%s」的牵头单位不一致：文中是%s，报表是%s。", row.Title, *said.LeadUnit, row.LeadUnit), checkBoth)
	}
}

func match(said Resolution, rows []record.Resolution, matched []bool) (record.Resolution, bool) {
	for i, row := range rows {
		if !matched[i] && cntext.NearTitle(said.Title, row.Title) {
			matched[i] = true
			return row, true
		}
	}
	return record.Resolution{}, false
}

func sheetOf(rows []record.Resolution, n int) inSheet {
	if n == 0 {
		return inSheet{text: "报表「议定事项」中没有"}
	}
	at := rows[0].Source
	return inSheet{fmt.Sprintf("%s 第 %d 至 %d 行，共 %d 项", at.Sheet, at.Row, rows[n-1].Source.Row, n), at.Sheet, at.Cells["title"]}
}
