package chart

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"liandu/dashboard/view"
)

// Lines draws a figure over quarters: broken where the axis is empty, named at each line's end.
func Lines(f view.LineChart) (Option, error) {
	line := charts.NewLine()
	line.SetGlobalOptions(append(start(f.ID),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: f.Min, Max: f.Max}),
		charts.WithTooltipOpts(opts.Tooltip{Trigger: "axis"}),
	)...)
	line.SetXAxis(f.Axis)
	for _, l := range f.Lines {
		data := make([]opts.LineData, len(l.Values))
		for i, v := range l.Values {
			data[i].Value = "-" // ECharts' word for no value
			if v != nil {
				data[i].Value = float64(*v) / 10
			}
		}
		style, width := "solid", float32(2)
		if l.Dashed {
			style, width = "dashed", 1.5
		}
		line.AddSeries(l.Name, data,
			charts.WithLineChartOpts(opts.LineChart{Symbol: l.Mark, SymbolSize: 6}),
			charts.WithLineStyleOpts(opts.LineStyle{Width: width, Type: style, Color: l.Colour}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: l.Colour}),
		)
	}
	return finish(line, func(o object) {
		o["grid"] = grid(36, 118, 12, 36)
		o["tooltip"] = object{"trigger": "axis", "lines": f.Tips}
		axis(o, "xAxis")["axisLabel"] = object{"interval": 0, "lineHeight": 15}
		y := axis(o, "yAxis")
		y["interval"] = f.Step
		y["axisLabel"] = object{}
		if f.Percent {
			y["axisLabel"] = object{"formatter": "{value}%"}
		}
		shifts := endShifts(f)
		for i, s := range series(o) {
			complete(s.(object), f, f.Lines[i], shifts[i])
		}
		if len(f.Lines) > 0 && len(f.Rules) > 0 {
			series(o)[len(f.Lines)-1].(object)["markLine"] = rules(f.Rules)
		}
	})
}

// complete adds the end label, shifted clear of the others, and, for each point, the address it opens.
func complete(s object, f view.LineChart, l view.Line, shift int) {
	s["endLabel"] = object{
		"show": true, "formatter": l.End, "color": l.Colour, "fontSize": 12, "fontWeight": 700, "distance": 8,
		"offset": []int{0, shift},
	}
	s["showAllSymbol"] = true
	for i, d := range s["data"].([]any) {
		if i < len(f.Hrefs) && f.Hrefs[i] != "" {
			d.(object)["href"] = f.Hrefs[i]
		}
	}
}

// endHeight is the room of one end label, plotHeight that of the axis: 200 px of figure less its margins.
const endHeight, plotHeight = 15, 150

// endShifts returns how far each line's end label moves down, so that ends with like values can all be read; ECharts
// lays out every label but these. The labels stay in the order of their values and above the axis.
func endShifts(f view.LineChart) []int {
	out := make([]int, len(f.Lines))
	at := make([]int, len(f.Lines)) // where the line ends, from the top
	var order []int
	for i, l := range f.Lines {
		if n := len(l.Values); n > 0 && l.Values[n-1] != nil && f.Max > f.Min {
			at[i] = (f.Max*10 - *l.Values[n-1]) * plotHeight / ((f.Max - f.Min) * 10)
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return at[a] - at[b] })
	floor := plotHeight
	for _, i := range slices.Backward(order) { // from the axis up: each leaves room for those beneath
		place := min(at[i], floor)
		out[i], floor = place-at[i], place-endHeight
	}
	ceiling := 0
	for _, i := range order { // and back down, where too many stood at the top
		place := max(at[i]+out[i], ceiling)
		out[i], ceiling = place-at[i], place+endHeight
	}
	return out
}

func rules(rs []view.Rule) object {
	data := make([]object, len(rs))
	for i, r := range rs {
		data[i] = object{"yAxis": float64(r.At) / 10, "name": r.Name}
	}
	return object{
		"symbol": "none", "silent": true, "data": data,
		"lineStyle": object{"color": "var(--line-strong)", "type": "dotted"},
		"label":     object{"position": "insideStartTop", "color": "var(--ink-3)", "fontSize": 11, "formatter": "{b}"},
	}
}
