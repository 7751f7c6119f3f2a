package chart

import (
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
		for i, s := range series(o) {
			complete(s.(object), f, f.Lines[i])
		}
		if len(f.Lines) > 0 && len(f.Rules) > 0 {
			series(o)[len(f.Lines)-1].(object)["markLine"] = rules(f.Rules)
		}
	})
}

// complete adds the end label and, for each point, the address it opens.
func complete(s object, f view.LineChart, l view.Line) {
	s["endLabel"] = object{
		"show": true, "formatter": l.End, "color": l.Colour, "fontSize": 12, "fontWeight": 700, "distance": 8,
	}
	s["labelLayout"] = object{"moveOverlap": "shiftY"}
	s["showAllSymbol"] = true
	for i, d := range s["data"].([]any) {
		if i < len(f.Hrefs) && f.Hrefs[i] != "" {
			d.(object)["href"] = f.Hrefs[i]
		}
	}
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
