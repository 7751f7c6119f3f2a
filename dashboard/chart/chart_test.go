package chart

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"liandu/dashboard/view"
	"liandu/internal/period"
)

const hostile = `</script><img src=x onerror=alert(1)>&`

func ptr(n int) *int { return &n }

func lines() view.LineChart {
	return view.LineChart{
		ID: "trend", Axis: []string{"Q4\n2023年", " ", "Q1\n2024年"}, Tips: []string{hostile, "", "第二行"},
		Hrefs: []string{"/a", "", "/b"}, Min: 0, Max: 100, Step: 25, Percent: true,
		Lines: []view.Line{{Name: hostile, Mark: "circle", Colour: "var(--chart-1)", End: "召开率 8.3%", Values: []*int{ptr(750), nil, ptr(83)}}},
		Rules: []view.Rule{{At: 700, Name: "红线 70"}},
	}
}

func decode(t *testing.T, o Option, err error) object {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var got object
	if err := json.Unmarshal(o, &got); err != nil {
		t.Fatalf("option is not JSON: %v", err)
	}
	if got["animation"] != false {
		t.Errorf("animation = %v, want false", got["animation"])
	}
	return got
}

func TestLines(t *testing.T) {
	o, err := Lines(lines())
	got := decode(t, o, err)
	s := series(got)[0].(object)
	data := s["data"].([]any)
	if v := data[1].(object)["value"]; v != "-" {
		t.Errorf("the gap is %v, want ECharts' empty value -", v)
	}
	if v := data[2].(object)["value"]; v != 8.3 {
		t.Errorf("value = %v, want 8.3", v)
	}
	if h := data[2].(object)["href"]; h != "/b" {
		t.Errorf("href = %v, want /b", h)
	}
	if e := s["endLabel"].(object)["formatter"]; e != "召开率 8.3%" {
		t.Errorf("end label = %v", e)
	}
	if tip := got["tooltip"].(object)["lines"].([]any)[0]; tip != hostile {
		t.Errorf("tooltip line = %v, want the text unchanged", tip)
	}
}

func TestOptionsCannotLeaveTheirScript(t *testing.T) {
	stack := view.StackChart{
		ID: "s", Rows: []string{hostile}, Ends: []string{"1/1"}, Tips: []string{hostile}, Hrefs: []string{"/x"}, Max: 2,
		Parts: []view.Part{{Name: hostile, Values: []int{1}}},
	}
	dates := view.DateChart{
		ID: "d", Rows: []string{hostile}, From: period.MustDate("2024-01-01"), To: period.MustDate("2025-03-31"),
		Points: []view.DatePoint{{Row: hostile, On: period.MustDate("2024-05-01"), Text: hostile, Tip: hostile, Mark: "circle"}},
	}
	for name, build := range map[string]func() (Option, error){
		"lines": func() (Option, error) { return Lines(lines()) },
		"stack": func() (Option, error) { return Stack(stack) },
		"dates": func() (Option, error) { return Dates(dates) },
	} {
		o, err := build()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if strings.ContainsAny(string(o), "<>&") {
			t.Errorf("%s: option holds an unescaped <, > or &: %s", name, o)
		}
	}
}

func TestStackLeavesZeroWithoutNumber(t *testing.T) {
	o, err := Stack(view.StackChart{
		ID: "s", Rows: []string{"西岭区", "东湖区"}, Ends: []string{"2/7", "5/6"}, Tips: []string{"a", "b"}, Hrefs: []string{"/1", "/2"}, Max: 7,
		Parts: []view.Part{{Name: "已完成", Values: []int{2, 5}}, {Name: "逾期", Values: []int{2, 0}}},
	})
	got := decode(t, o, err)
	all := series(got)
	if len(all) != 3 {
		t.Fatalf("%d series, want two parts and the ends", len(all))
	}
	if v := all[1].(object)["data"].([]any)[1].(object)["value"]; v != "-" {
		t.Errorf("zero is drawn as %v, want no bar", v)
	}
	end := all[2].(object)["data"].([]any)[0].(object)["label"].(object)["formatter"]
	if end != "2/7" {
		t.Errorf("end = %v, want 2/7", end)
	}
	if rows := axis(got, "yAxis")["data"].([]any); len(rows) != 2 || axis(got, "yAxis")["inverse"] != true {
		t.Errorf("rows = %v, want top to bottom", rows)
	}
}

func TestDates(t *testing.T) {
	o, err := Dates(view.DateChart{
		ID: "d", Rows: []string{"2024"}, From: period.MustDate("2024-01-01"), To: period.MustDate("2025-03-31"), NextYear: true,
		Deadline: period.MustDate("2024-12-31"), DeadlineLabel: "期限 12月31日",
		Points: []view.DatePoint{{Row: "2024", On: period.MustDate("2024-11-28"), Text: "11-28 副区长", Mark: "diamond", Bad: true, Href: "/m"}},
	})
	got := decode(t, o, err)
	d := series(got)[0].(object)["data"].([]any)[0].(object)
	if d["href"] != "/m" || d["symbol"] != "diamond" {
		t.Errorf("point = %v", d)
	}
	if x := axis(got, "xAxis"); x["min"] != "2024-01-01" || x["type"] != "time" {
		t.Errorf("x axis = %v", x)
	}
}

func TestEndLabelsStandClear(t *testing.T) {
	t.Parallel()
	at := func(v int) []*int { return []*int{&v} }
	f := view.LineChart{Max: 100, Lines: []view.Line{{Values: at(815)}, {Values: at(800)}, {Values: at(0)}, {Values: at(0)}, {Values: []*int{nil}}}}
	// 81.5 is 27 px from the top and 80 is 30; two labels on the axis: the first of them goes up.
	if got, want := endShifts(f), []int{-12, 0, -15, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("shifts = %v, want %v", got, want)
	}
	f.Lines = []view.Line{{Values: at(1000)}, {Values: at(1000)}}
	if got, want := endShifts(f), []int{0, 15}; !slices.Equal(got, want) {
		t.Errorf("shifts at the top = %v, want %v", got, want)
	}
}
