package view_test

import (
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
)

func TestFindingsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	in := view.FindingsInput{Address: address, Now: c.Now, Findings: c.Findings}
	p := view.NewFindings(in)
	if p.Groups[0].Unit != "丰谷县" || p.Groups[0].Count != "红 2、黄 1" || p.Groups[0].Place != "第 12 名" {
		t.Errorf("first group = %+v", p.Groups[0])
	}
	f := p.Groups[0].Findings[0]
	if f.Words == "" || f.Document == "" || len(f.Evidence) != 1 || f.Evidence[0].Cells[0].Ref != "E2" {
		t.Errorf("finding = %+v", f)
	}
	if f.Evidence[0].Cells[0].Href != "/source/S9?also=E2%2CK2&cell=E2&period=2024Q4&regime=qinhuangdao-2024&sheet=%E8%AE%AE%E5%AE%9A%E4%BA%8B%E9%A1%B9" {
		t.Errorf("cell opens %s", f.Evidence[0].Cells[0].Href)
	}
	in.Filter = view.FindingFilter{Severity: "red", Rule: "overdue"}
	if p = view.NewFindings(in); p.Matched != 4 || len(p.Table.Rows) != 4 {
		t.Errorf("red overdue: %d, exported %d", p.Matched, len(p.Table.Rows))
	}
}
