package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"liandu/dashboard/view"
)

// Dates draws one mark a meeting on a time axis, with the deadline as a rule.
func Dates(f view.DateChart) (Option, error) {
	scatter := charts.NewScatter()
	scatter.SetGlobalOptions(append(start(f.ID),
		charts.WithXAxisOpts(opts.XAxis{Type: "time", Min: f.From.String(), Max: f.To.String()}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category"}),
	)...)
	data := make([]opts.ScatterData, len(f.Points))
	for i, p := range f.Points {
		data[i] = opts.ScatterData{Value: []string{p.On.String(), p.Row}, Symbol: p.Mark, SymbolSize: 11}
		if p.Bad {
			data[i].SymbolSize = 13
		}
	}
	scatter.AddSeries("会议", data, charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), FontSize: 12}))
	return finish(scatter, func(o object) {
		o["grid"] = grid(labelWidth(f.Rows), 20, 22, 24)
		o["tooltip"] = object{"trigger": "item"}
		x := axis(o, "xAxis")
		delete(x, "data")
		first := "{yyyy}年"
		if f.NextYear {
			first = "次年{M}月"
		}
		x["axisLabel"] = object{
			"hideOverlap": true, "formatter": object{"year": first, "month": "{M}月", "day": " "},
		}
		x["splitLine"] = object{"show": true}
		x["minInterval"], x["maxInterval"] = 28*day, 62*day
		y := axis(o, "yAxis")
		y["data"], y["inverse"] = f.Rows, true
		y["axisLine"], y["splitLine"] = object{"show": false}, object{"show": true}
		y["axisLabel"] = object{"color": "var(--ink)", "interval": 0}
		s := series(o)[0].(object)
		for i, d := range s["data"].([]any) {
			point(d.(object), f.Points[i])
		}
		if !f.Deadline.IsZero() {
			s["markLine"] = deadline(f)
		}
	})
}

const day = 24 * 60 * 60 * 1000 // milliseconds

func point(d object, p view.DatePoint) {
	ink, side := "var(--ink)", "left"
	if p.Bad {
		ink = "var(--red-ink)"
	}
	if p.TextAtRight {
		side = "right"
	}
	d["itemStyle"] = object{"color": p.Colour, "opacity": 1}
	d["label"] = object{"formatter": p.Text, "position": side, "color": ink, "distance": 6}
	d["tip"], d["href"] = p.Tip, p.Href
}

func deadline(f view.DateChart) object {
	return object{
		"symbol": "none", "silent": true, "data": []object{{"xAxis": f.Deadline.String()}},
		"lineStyle": object{"color": "var(--ink-3)", "type": "solid", "width": 1},
		"label": object{
			"formatter": f.DeadlineLabel, "position": "start", "color": "var(--ink-2)", "fontSize": 12, "distance": 4,
		},
	}
}
