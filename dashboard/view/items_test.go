package view_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/record"
)

func items(c *viewtest.City, f view.ItemFilter) view.Items {
	return view.NewItems(view.ItemsInput{Address: address, Now: c.Now, Items: c.Items, Units: c.Units, Filter: f})
}

func chips(cs []view.Chip) map[string]int {
	n := map[string]int{}
	for _, c := range cs {
		n[c.Name] = c.Count
	}
	return n
}

func TestLedgerAddsUp(t *testing.T) {
	t.Parallel()
	p := items(viewtest.New(t), view.ItemFilter{})
	if p.Matched != 61 || len(p.Rows) != 61 || p.More != "" {
		t.Errorf("matched %d, rows %d", p.Matched, len(p.Rows))
	}
	want := map[string]int{"全部": 61, "逾期": 6, "未启动": 3, "推进中": 10, "已完成": 41, "长期坚持": 1, "已撤销": 0}
	if got := chips(p.Chips); !reflect.DeepEqual(got, want) {
		t.Errorf("chips = %v, want %v", got, want)
	}
	if p.Foot[0] != "= 应办 60（已完成 41　推进中 10　未启动 3　逾期 6）+ 长期坚持 1 + 已撤销 0" {
		t.Errorf("foot = %s", p.Foot[0])
	}
	if p.Rows[0].State.Word != "逾期" || p.Rows[0].Overdue != "184" || p.Rows[60].State.Word != "长期坚持" {
		t.Errorf("first %s %s, last %s", p.Rows[0].State.Word, p.Rows[0].Overdue, p.Rows[60].State.Word)
	}
}

func TestLedgerConditionsAndExportAgree(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for _, x := range []struct {
		name   string
		filter view.ItemFilter
		want   int
	}{
		{"state", view.ItemFilter{State: "overdue"}, 6},
		{"unit", view.ItemFilter{Unit: "990102"}, 8},
		{"population", view.ItemFilter{Unit: "990102", Population: "1"}, 7},
		{"search", view.ItemFilter{Search: "西岭区职工 第"}, 8},
		{"session that has none", view.ItemFilter{Session: "2019"}, 0},
		{"band", view.ItemFilter{Due: "late181"}, 4},
		{"no deadline", view.ItemFilter{Due: "none"}, 0},
		{"two conditions", view.ItemFilter{Unit: "990102", State: "overdue"}, 2},
	} {
		p := items(c, x.filter)
		if p.Matched != x.want || len(p.Table.Rows) != x.want || len(p.Rows) != x.want {
			t.Errorf("%s: matched %d, written %d, exported %d, want %d", x.name, p.Matched, len(p.Rows), len(p.Table.Rows), x.want)
		}
	}
	p := items(c, view.ItemFilter{State: "overdue", Search: "西岭"})
	if p.XLSX != "/resolutions.xlsx?period=2024Q4&q=%E8%A5%BF%E5%B2%AD&regime=qinhuangdao-2024&state=overdue" {
		t.Errorf("export = %s", p.XLSX)
	}
	if got := chips(p.Chips); got["全部"] != 8 || got["逾期"] != 2 {
		t.Errorf("chips count under the other conditions: %v", got)
	}
	if p.Picked != "逾期、含「西岭」" {
		t.Errorf("picked = %s", p.Picked)
	}
}

func TestEveryColumnSortsBothWays(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	first := items(c, view.ItemFilter{})
	for _, h := range first.Heads {
		if h.Href == "" {
			continue
		}
		key := h.Href[strings.Index(h.Href, "sort=")+5:]
		up, down := items(c, view.ItemFilter{Sort: key}), items(c, view.ItemFilter{Sort: key, Falling: true})
		if len(up.Rows) != 61 || len(down.Rows) != 61 {
			t.Fatalf("%s loses rows", key)
		}
		i := slices.IndexFunc(up.Heads, func(x view.Head) bool { return x.Name == h.Name })
		if up.Heads[i].Sort != "ascending" || down.Heads[i].Sort != "descending" {
			t.Errorf("%s: aria-sort %q, %q", key, up.Heads[i].Sort, down.Heads[i].Sort)
		}
		if !strings.Contains(up.Heads[i].Href, "dir=down") || !strings.Contains(down.Heads[i].Href, "dir=up") {
			t.Errorf("%s: a second click does not turn the direction", key)
		}
		slices.Reverse(c.Items) // the order does not hang on the order of the input
		if again := items(c, view.ItemFilter{Sort: key}); again.Rows[0].Anchor != up.Rows[0].Anchor || again.Rows[60].Anchor != up.Rows[60].Anchor {
			t.Errorf("%s: the order is not whole", key)
		}
	}
}

func TestLongLedgerSaysWhatIsShown(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for i := range 900 {
		r := c.Items[0]
		r.ItemNo, r.ItemKey = fmt.Sprint(100+i), fmt.Sprintf("n:%d", 100+i)
		c.Items = append(c.Items, r)
	}
	p := items(c, view.ItemFilter{})
	if p.Shown != view.PageRows || p.Matched != 961 || len(p.Table.Rows) != 961 || !strings.Contains(p.More, "show=1000") {
		t.Errorf("shown %d of %d, export %d, more %s", p.Shown, p.Matched, len(p.Table.Rows), p.More)
	}
	if p = items(c, view.ItemFilter{Show: 1000}); p.More != "" || len(p.Rows) != 961 {
		t.Errorf("with show=1000: %d rows, more %q", len(p.Rows), p.More)
	}
}

func TestOpenRowTellsItsSteps(t *testing.T) {
	t.Parallel()
	p := items(viewtest.New(t), view.ItemFilter{State: "overdue", Open: "r-990102-2024-annual-n-6"})
	i := slices.IndexFunc(p.Rows, func(r view.ItemRow) bool { return r.Open })
	if i < 0 {
		t.Fatal("no row is open")
	}
	d := p.Rows[i].Detail
	if len(d.Steps) != 6 || d.Steps[4].Class != "step-late" || d.Steps[4].Note != "逾期 184 天" || d.Steps[3].Note != "2024Q4 报 35%" {
		t.Errorf("steps = %+v", d.Steps)
	}
	if d.Facts[0].Text != view.Blank || d.Facts[0].Cell != "Q7" || d.Facts[0].Href == "" {
		t.Errorf("an empty cell: %+v", d.Facts[0])
	}
	if strings.Contains(p.Rows[i].Href, "open=") {
		t.Errorf("the open row's link does not close it: %s", p.Rows[i].Href)
	}
}

func TestItemsOutsideTheSumHaveTheirOwnChips(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	earlier, substitute := c.Items[0], c.Items[1]
	earlier.InPopulation, earlier.DoneOn = false, earlier.DoneOn.AddMonths(-24)
	substitute.InPopulation, substitute.IsDecided, substitute.Kind = false, false, record.KindSubstitute
	c.Items = append(c.Items, earlier, substitute)
	if got := chips(items(c, view.ItemFilter{}).Chips); got["全部"] != 61 || got["往年办结"] != 1 || got["不计入"] != 1 {
		t.Errorf("chips = %v", got)
	}
	if p := items(c, view.ItemFilter{State: "earlier"}); p.Matched != 1 || p.Foot[0] != "= 往年办结 1 + 不计入应办 0" {
		t.Errorf("earlier: %d, %s", p.Matched, p.Foot[0])
	}
}
