package view

import (
	"fmt"
	"strings"

	"liandu/internal/regime"
	"liandu/queries"
)

// ScoreSheet is the score's arithmetic as printed: the points add up to the score.
type ScoreSheet struct {
	Rows          []ScoreRow
	Weight        string
	Points, Lost  string
	Score         string
	Note          string
	Foot          string
	HasUncounted  bool
	NothingToShow string
}

// ScoreRow is one weighted indicator. Bars are as long as the weight.
type ScoreRow struct {
	Name, ND, Href, Value, Weight, Points, Lost string
	Track, Fill                                 string
	Heavy                                       bool // loses more than a twentieth of the whole
	Uncounted                                   bool
	NoClause                                    bool
}

func newScoreSheet(a Address, r *regime.Regime, u *queries.UnitResult) ScoreSheet {
	s := ScoreSheet{Score: score(u.Score)}
	if len(u.Parts) == 0 {
		s.NothingToShow = "没有可计分的指标"
		return s
	}
	heaviest := 1
	for _, p := range u.Parts {
		heaviest = max(heaviest, p.Weight)
	}
	weight, counted, points, full := 0, 0, 0, 0
	for _, p := range u.Parts {
		i, _ := indicatorOf(p.Indicator)
		row := ScoreRow{
			Name: strings.TrimSuffix(i.name(), "率"), ND: fmt.Sprintf("%d/%d", p.Pair.Num, p.Pair.Den), Weight: itoa(p.Weight),
			Href: a.Explain(p.Indicator, string(u.Unit.Code)), Track: share(p.Weight, heaviest), Fill: "0%",
			NoClause: r != nil && !r.HasClause(p.Indicator),
		}
		if i.Adverse {
			row.Name += "（反向）"
		}
		weight += p.Weight
		if !p.Counted {
			row.Uncounted, row.Value, row.Points, row.Lost = true, Nil, "不计入", Nil
			s.HasUncounted = true
			s.Rows = append(s.Rows, row)
			continue
		}
		counted += p.Weight
		points, full = points+p.Points, full+p.Full
		row.Value = tenths(permille(p.ValueNum, p.ValueDen)) + "%"
		if i.Adverse && p.Pair.Den > 0 {
			row.Value = tenths(permille(p.Pair.Num, p.Pair.Den)) + "%"
		}
		row.Points, row.Lost = hundredths(p.Points), hundredths(p.Points-p.Full)
		if p.Points == p.Full {
			row.Lost = "0"
		}
		row.Heavy = p.Full-p.Points > 500
		if p.Full > 0 {
			row.Fill = share(p.Weight*p.Points, heaviest*p.Full)
		}
		s.Rows = append(s.Rows, row)
	}
	s.Weight, s.Points, s.Lost = itoa(weight), hundredths(points), hundredths(points-full)
	s.Note = fmt.Sprintf("得分 = Σ 权重 × 指标值 ÷ Σ 权重，共扣 %s 分", hundredths(full-points))
	s.Foot = footOf(r, s.HasUncounted, weight, counted)
	return s
}

func footOf(r *regime.Regime, uncounted bool, weight, counted int) string {
	var parts []string
	if uncounted {
		parts = append(parts, fmt.Sprintf("「不计入」的没有可评价的事实，按其余权重 %d（共 %d）折算百分", counted, weight))
	}
	if r != nil && len(r.OwnAssessment) > 0 {
		parts = append(parts, "文件未规定分值，权重为本市自定，见制度规则")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "；") + "。"
}

// OtherIndicator is an indicator that carries no weight.
type OtherIndicator struct {
	Name string
	Rate Rate
}

func otherIndicators(a Address, u *queries.UnitResult) []OtherIndicator {
	weighed := map[string]bool{}
	for _, p := range u.Parts {
		weighed[p.Indicator] = true
	}
	var out []OtherIndicator
	for _, i := range indicators {
		if !weighed[i.ID] {
			out = append(out, OtherIndicator{i.name(), NewRate(u.Indicators[i.ID], i.Counter, a.Explain(i.ID, string(u.Unit.Code)))})
		}
	}
	return out
}
