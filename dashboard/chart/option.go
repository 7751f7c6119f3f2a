package chart

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Option is a finished ECharts option. In a template inside <script type="application/json"> it is written as JSON
// with <, > and & escaped.
type Option = json.RawMessage

type object = map[string]any

// builder is what every chart of go-echarts offers.
type builder interface {
	Validate()
	JSON() map[string]any
}

// finish returns the builder's option after complete has added what go-echarts cannot say.
func finish(b builder, complete func(object)) (Option, error) {
	b.Validate()
	raw, err := json.Marshal(b.JSON())
	if err != nil {
		return nil, fmt.Errorf("marshal chart option: %w", err)
	}
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fmt.Errorf("read back chart option: %w", err)
	}
	for _, unused := range []string{"title", "legend", "toolbox", "color"} {
		delete(o, unused)
	}
	complete(o)
	o["animation"] = false
	out, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("marshal chart option: %w", err)
	}
	return out, nil
}

// start sets what every chart has: a fixed id and no animation.
func start(id string) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithInitializationOpts(opts.Initialization{ChartID: id}),
		charts.WithAnimation(false),
	}
}

// axis returns the first axis of that name, "xAxis" or "yAxis".
func axis(o object, name string) object { return o[name].([]any)[0].(object) }

func series(o object) []any { return o["series"].([]any) }

func grid(left, right, top, bottom int) object {
	return object{"left": left, "right": right, "top": top, "bottom": bottom, "containLabel": false}
}
