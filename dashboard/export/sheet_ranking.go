package export

import (
	"fmt"

	"liandu/internal/regime"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// rankingName and rankingScore are the places of the columns a chart draws.
const rankingName = 1

func rankingScore(weighted int) int { return 3 + weighted }

// ranking is 排名与得分表: units by rank, with the share of the 100 points that each indicator earned. Every row adds
// up to its score as printed.
func (p *paper) ranking() xlsx.Table {
	t := p.base(sheetRanking, fmt.Sprintf("%s%s政府与工会联席会议排名与得分表", p.City, p.asOf.Quarter.Chinese()), "分")
	weighted := p.weighted()
	t.Columns = []xlsx.Column{xlsx.Head("位次").To(xlsx.Center), xlsx.Head(p.word)}
	for _, part := range weighted {
		t.Columns = append(t.Columns, xlsx.Head("各项得分（括号内为权重）", fmt.Sprintf("%s\n（%d）", shortName(part.Indicator), part.Weight)))
	}
	t.Columns = append(t.Columns, xlsx.Head("各项得分（括号内为权重）", "合计"), xlsx.Head("得分"), xlsx.Head("适用\n权重"))
	if p.Before != nil {
		t.Columns = append(t.Columns, xlsx.Head("较上季度\n位次").To(xlsx.Center))
	}
	t.Columns = append(t.Columns, xlsx.Head("状态").To(xlsx.Center),
		xlsx.Head("问题数", "红"), xlsx.Head("问题数", "黄"), xlsx.Head("问题数", "提示"))
	for _, u := range p.Metrics.Units {
		t.Rows = append(t.Rows, p.rankingRow(p.Metrics, u, weighted))
	}
	if p.Zones != nil && len(p.Zones.Units) > 0 {
		t.Rows = append(t.Rows, xlsx.GroupRow(zoneGroup))
		for _, u := range p.Zones.Units {
			t.Rows = append(t.Rows, p.rankingRow(p.Zones, u, weighted))
		}
	}
	red, yellow := "70.0", "90.0"
	if r := p.asOf.Regime; r != nil {
		red, yellow = r.RedLineText(), r.YellowLineText()
	}
	t.Notes = numbered(append(p.suspensionNotes(),
		p.knownNote(),
		"得分＝100×Σ（权重×指标值）÷适用权重之和，四舍五入保留一位小数；各项得分已按适用权重折算，横向相加等于合计，逐项算式见“"+sheetArithmetic+"”。",
		"“—”为没有可评判的事项，不计入适用权重。年度会议按期召开计1，延迟召开计0.5，其他计0；逾期率按1减逾期率计。",
		"得分相同的位次并列，后续位次顺延；并列的按行政区划顺序排列。未到召开期限的不排位次，列在后面。",
		fmt.Sprintf("有红色问题或得分低于%s分为红灯，有黄色问题或得分低于%s分为黄灯，其他为绿灯。权重由考核办法设定。", red, yellow),
	)...)
	return t
}

// weighted lists the indicators that carry weight, in register order, as the first scored unit has them.
func (p *paper) weighted() []queries.ScorePart {
	for _, m := range []*queries.Metrics{p.Metrics, p.Zones} {
		if m == nil {
			continue
		}
		for _, u := range m.Units {
			if len(u.Parts) > 0 {
				return u.Parts
			}
		}
	}
	return nil
}

func (p *paper) rankingRow(m *queries.Metrics, u queries.UnitResult, weighted []queries.ScorePart) xlsx.Row {
	cells := []xlsx.Cell{rankCell(m, u), xlsx.Text(u.Unit.Name)}
	var weight, sum int64
	for _, w := range weighted {
		part := partOf(u, w.Indicator)
		if part == nil || !part.Counted {
			cells = append(cells, null())
			continue
		}
		weight, sum = weight+int64(part.Weight), sum+int64(part.Points)
		cells = append(cells, xlsx.Hundredths(int64(part.Points)))
	}
	if u.Score == nil {
		cells = append(cells, null(), null(), null())
	} else {
		cells = append(cells, xlsx.Hundredths(sum), xlsx.Tenths(int64(*u.Score)), xlsx.Int(weight))
	}
	if p.Before != nil {
		cells = append(cells, p.movement(m, u))
	}
	return xlsx.BodyRow(append(cells, xlsx.Text(lightWord(u.Light)).In(lightTone(u.Light)),
		xlsx.Int(int64(u.Red)), xlsx.Int(int64(u.Yellow)), xlsx.Int(int64(u.Info)))...)
}

func partOf(u queries.UnitResult, indicator string) *queries.ScorePart {
	for i := range u.Parts {
		if u.Parts[i].Indicator == indicator {
			return &u.Parts[i]
		}
	}
	return nil
}

// rankCell is the rank; shared ones say so.
func rankCell(m *queries.Metrics, u queries.UnitResult) xlsx.Cell {
	if u.Rank == nil {
		return null()
	}
	same := 0
	for _, v := range m.Units {
		if v.Rank != nil && *v.Rank == *u.Rank {
			same++
		}
	}
	if same > 1 {
		return xlsx.Text(fmt.Sprintf("并列%d", *u.Rank))
	}
	return xlsx.Int(int64(*u.Rank))
}

// movement is the change of rank; a unit that was not ranked at one of the two ends has none.
func (p *paper) movement(m *queries.Metrics, u queries.UnitResult) xlsx.Cell {
	if m != p.Metrics || u.Rank == nil {
		return null()
	}
	before := p.Before.Unit(u.Unit.Code)
	if before == nil || before.Rank == nil {
		return null()
	}
	switch d := *before.Rank - *u.Rank; {
	case d > 0:
		return xlsx.Text(fmt.Sprintf("↑%d", d))
	case d < 0:
		return xlsx.Text(fmt.Sprintf("↓%d", -d))
	}
	return xlsx.Text("持平")
}

func lightWord(l queries.Light) string {
	switch l {
	case queries.LightRed:
		return "红灯"
	case queries.LightYellow:
		return "黄灯"
	case queries.LightGreen:
		return "绿灯"
	}
	return "不评价"
}

// shortNames fit a column's head.
var shortNames = map[string]string{
	"annual_meeting_held": "年度会议召开", "held_on_time": "按期召开", "chaired_by_principal": "主要负责人主持",
	"chair_meets_rule": "主持规格", "agenda_complete": "议程完备", "topic_lead_time": "议题征集",
	"minutes_issued": "纪要印发", "publicity": "宣传报道", "report_back": "落实情况回报",
	"resolution_completion": "事项办结", "resolution_closed": "事项销号", "resolution_on_time": "按期办结",
	"resolution_overdue": "无逾期事项", "implementation_plan": "实施方案", "accountability": "责任清单",
	"establishment": "制度建立", "submission_on_time": "按时报送",
}

func shortName(id string) string {
	if s, ok := shortNames[id]; ok {
		return s
	}
	return regime.IndicatorName(id)
}
