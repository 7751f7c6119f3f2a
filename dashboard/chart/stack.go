package chart

import (
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"liandu/dashboard/view"
)

// Stack draws one stacked bar a row, its parts numbered, and what was reached of all at its end.
func Stack(f view.StackChart) (Option, error) {
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(start(f.ID),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Max: f.Max}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category"}),
	)...)
	for _, p := range f.Parts {
		bar.AddSeries(p.Name, bars(p.Values),
			charts.WithBarChartOpts(opts.BarChart{Stack: "s", BarWidth: "76%"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: p.Colour, BorderColor: "var(--panel)", BorderWidth: 1}),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Color: p.Ink, FontSize: 10.5}),
		)
	}
	bar.AddSeries("应办", make([]opts.BarData, len(f.Rows)),
		charts.WithBarChartOpts(opts.BarChart{Stack: "s"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: "transparent"}),
	)
	return finish(bar, func(o object) {
		o["grid"] = grid(labelWidth(f.Rows), endWidth(f.Ends), 4, 4)
		o["tooltip"] = object{"trigger": "item", "lines": f.Tips}
		delete(axis(o, "xAxis"), "data")
		y := axis(o, "yAxis")
		y["data"], y["inverse"] = f.Rows, true
		y["axisLine"] = object{"show": false}
		y["axisLabel"] = object{"color": "var(--ink)", "fontSize": 12, "margin": 8, "interval": 0}
		all := series(o)
		for _, s := range all {
			s.(object)["barMaxWidth"] = 22
		}
		for _, s := range all[:len(all)-1] {
			for i, d := range s.(object)["data"].([]any) {
				d.(object)["href"] = f.Hrefs[i]
			}
		}
		last := all[len(all)-1].(object)
		ends := make([]object, len(f.Ends))
		for i, e := range f.Ends {
			ends[i] = object{"value": 0, "label": object{
				"show": true, "position": "right", "formatter": e, "color": "var(--ink-2)", "fontSize": 12,
			}}
		}
		last["data"], last["silent"] = ends, true
	})
}

// bars leaves a zero out: a bar of no length has no number on it.
func bars(values []int) []opts.BarData {
	out := make([]opts.BarData, len(values))
	for i, v := range values {
		out[i].Value = "-"
		if v > 0 {
			out[i].Value = v
		}
	}
	return out
}

// endWidth is the room the longest end needs at 7 px a figure.
func endWidth(ends []string) int {
	longest := 4
	for _, e := range ends {
		longest = max(longest, len(e))
	}
	return longest*7 + 6
}

// labelWidth is the room the longest row name needs at 12 px a character.
func labelWidth(rows []string) int {
	longest := 3
	for _, r := range rows {
		longest = max(longest, utf8.RuneCountInString(r))
	}
	return min(longest, 8)*12 + 16
}
