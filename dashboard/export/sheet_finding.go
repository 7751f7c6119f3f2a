package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liandu/internal/regime"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// findings is 问题清单: each finding with the clause's own words and the cells it rests on, by unit in official order,
// red before yellow before 提示.
func (p *paper) findings() xlsx.Table {
	t := p.base(sheetFinding, fmt.Sprintf("%s%s政府与工会联席会议问题清单", p.City, p.asOf.Quarter.Chinese()), "个")
	t.Columns = []xlsx.Column{
		xlsx.Head("序号").To(xlsx.Center), xlsx.Head("单位"), xlsx.Head("程度").To(xlsx.Center), xlsx.Head("问题").Wide(10, 12),
		xlsx.Head("查明情况").Wide(20, 28), xlsx.Head("制度要求").Wide(12, 16), xlsx.Head("依据", "文件").Wide(12, 15),
		xlsx.Head("依据", "条款").To(xlsx.Center), xlsx.Head("依据", "原文").Wide(16, 22), xlsx.Head("涉及事项\n（单位）").Wide(12, 17),
		xlsx.Head("出处\n（文件、表、单元格）").Wide(16, 20),
	}
	list := slices.Clone(p.Findings)
	slices.SortStableFunc(list, func(a, b queries.Finding) int {
		return cmp.Or(cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(severityOrder(a.Severity), severityOrder(b.Severity)))
	})
	tally := map[string]int64{}
	for i, f := range list {
		tally[f.Severity]++
		word, tone := severityWord(f.Severity)
		t.Rows = append(t.Rows, xlsx.BodyRow(
			xlsx.Int(int64(i+1)), xlsx.Text(f.Unit.Name), xlsx.Text(word).In(tone), xlsx.Text(f.RuleName), xlsx.Text(clip(f.Observed)),
			text(f.Required), text(f.Clause.Document), text(f.Clause.Number), quoted(f.Clause.Text), text(items(f)),
			text(sources(f.Evidence)),
		))
	}
	t.Rows = append(t.Rows, xlsx.TotalRow(xlsx.Text("合计").At(xlsx.Center), counted("", int64(len(list)), "个"), null(), null(),
		xlsx.Text(fmt.Sprintf("红%d个、黄%d个、提示%d个", tally["red"], tally["yellow"], tally["info"]))))
	t.Notes = numbered(
		p.knownNote(),
		"“红”“黄”为依据条款判断的问题，“提示”只列事实，不作结论。“查明情况”为截至日的事实。",
		"“出处”为各单位原报表的文件名、表名和单元格，原件可在系统中核对。",
	)
	return t
}

func severityOrder(s string) int {
	switch s {
	case "red":
		return 0
	case "yellow":
		return 1
	}
	return 2
}

// items names what a finding concerns: units of 建制, resolutions otherwise.
func items(f queries.Finding) string {
	if f.Rule == regime.RuleEstablishment {
		return listed(f.Items, "个")
	}
	return listed(f.Items, "项")
}

func quoted(words string) xlsx.Cell {
	if words == "" {
		return null()
	}
	return xlsx.Text("“" + words + "”")
}

// sources names where the facts stand: file!sheet!cells, a line a sheet.
func sources(evidence []queries.Evidence) string {
	lines := make([]string, 0, len(evidence))
	for _, e := range evidence {
		line := e.File
		if e.Sheet != "" {
			line += "!" + e.Sheet
		}
		if len(e.Cells) > 0 {
			line += "!" + strings.Join(e.Cells[:min(len(e.Cells), mostNames)], "、")
		}
		if len(e.Cells) > mostNames {
			line += fmt.Sprintf("等%d格", len(e.Cells))
		}
		lines = append(lines, line)
	}
	return listed(lines, "处")
}
