package export

import (
	"fmt"
	"math/big"

	"liandu/internal/regime"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// arithmetic is 得分算式: for every scored unit each indicator's n/d, value, weight and points, and their sum.
func (p *paper) arithmetic() xlsx.Table {
	t := p.base(sheetArithmetic, fmt.Sprintf("%s%s政府与工会联席会议得分算式", p.City, p.asOf.Quarter.Chinese()), "分")
	t.Columns = []xlsx.Column{
		xlsx.Head(p.word), xlsx.Head("指标").Wide(18, 26), xlsx.Head("分子"), xlsx.Head("分母"), xlsx.Head("指标值"),
		xlsx.Head("权重"), xlsx.Head("满分"), xlsx.Head("得分"), xlsx.Head("失分"), xlsx.Head("说明").Wide(30, 60),
	}
	t.Freeze = 0
	for _, u := range p.Metrics.Units {
		t.Rows = append(t.Rows, arithmeticRows(p.Metrics, u)...)
	}
	if p.Zones != nil && len(p.Zones.Units) > 0 {
		t.Rows = append(t.Rows, xlsx.GroupRow(zoneGroup))
		for _, u := range p.Zones.Units {
			t.Rows = append(t.Rows, arithmeticRows(p.Zones, u)...)
		}
	}
	t.Notes = numbered(
		p.knownNote(),
		"得分＝100×Σ（权重×指标值）÷适用权重之和。“满分”为该项权重占适用权重的份额，按百分制折算；“得分”＝满分×指标值；“失分”＝满分－得分。",
		"满分、得分保留两位小数，尾数依次进入舍去最多的项，使各项之和等于合计；合计四舍五入为一位小数即为得分。",
		"单位按位次排列，不排位次的列在后面。",
	)
	return t
}

func arithmeticRows(m *queries.Metrics, u queries.UnitResult) []xlsx.Row {
	if u.IsRollup {
		return nil
	}
	rows := []xlsx.Row{xlsx.GroupRow(unitHeading(m, u))}
	var weight, full, earned int64
	for _, part := range u.Parts {
		cells := []xlsx.Cell{xlsx.Text(u.Unit.Name), xlsx.Text(regime.IndicatorName(part.Indicator)), xlsx.Int(part.Pair.Num), xlsx.Int(part.Pair.Den)}
		if !part.Counted {
			rows = append(rows, xlsx.BodyRow(append(cells, null(), xlsx.Text(fmt.Sprintf("（%d）", part.Weight)).At(xlsx.Right),
				null(), null(), null(), xlsx.Text(remark(u, part)))...))
			continue
		}
		weight, full, earned = weight+int64(part.Weight), full+int64(part.Full), earned+int64(part.Points)
		rows = append(rows, xlsx.BodyRow(append(cells, xlsx.Rate(part.ValueNum, part.ValueDen), xlsx.Int(int64(part.Weight)),
			xlsx.Hundredths(int64(part.Full)), xlsx.Hundredths(int64(part.Points)), xlsx.Hundredths(int64(part.Full-part.Points)),
			xlsx.Text(remark(u, part)))...))
	}
	if u.Score == nil {
		return append(rows, xlsx.TotalRow(xlsx.Text(u.Unit.Name), xlsx.Text("合计"), null(), null(), null(), null(), null(), null(), null(),
			xlsx.Text("各项均没有可评判的事项，不评分。")))
	}
	return append(rows, xlsx.TotalRow(xlsx.Text(u.Unit.Name), xlsx.Text("合计"), null(), null(), null(), xlsx.Int(weight),
		xlsx.Hundredths(full), xlsx.Hundredths(earned), xlsx.Hundredths(full-earned), xlsx.Text(formula(u, weight))))
}

func unitHeading(m *queries.Metrics, u queries.UnitResult) string {
	place, score := "不排位次", "不评分"
	if u.Rank != nil {
		place = "位次" + rankCell(m, u).String()
	}
	if u.Score != nil {
		score = "得分" + xlsx.Tenths(int64(*u.Score)).String()
	}
	return fmt.Sprintf("%s　　%s　　%s　　%s", u.Unit.Name, place, score, lightWord(u.Light))
}

// remark says why a value is not simply n/d.
func remark(u queries.UnitResult, part queries.ScorePart) string {
	switch {
	case part.Indicator == "annual_meeting_held" && !part.Counted:
		return "未到召开期限，不计入"
	case !part.Counted:
		return "没有可评判的事项，不计入"
	case part.Indicator == "annual_meeting_held" && u.Status == queries.HeldLate:
		return "延迟召开，按0.5计"
	case part.Indicator == "annual_meeting_held" && u.Status == queries.Substituted:
		return "以其他会议代替，按0计"
	case part.Indicator == "resolution_overdue":
		return fmt.Sprintf("1－%d/%d", part.Pair.Num, part.Pair.Den)
	}
	return ""
}

// formula is the score's arithmetic in one line: the weighed sum, the weight that counts, the score.
func formula(u queries.UnitResult, weight int64) string {
	return fmt.Sprintf("得分＝%s÷%d×100＝%s（Σ权重×指标值÷适用权重）", weighed(u).FloatString(2), weight, xlsx.Tenths(int64(*u.Score)))
}

// weighed is Σ weight × value, exactly.
func weighed(u queries.UnitResult) *big.Rat {
	sum := new(big.Rat)
	for _, part := range u.Parts {
		if part.Counted && part.ValueDen > 0 {
			sum.Add(sum, big.NewRat(int64(part.Weight)*part.ValueNum, part.ValueDen))
		}
	}
	return sum
}
