package view

import "liandu/queries"

// Light is a judgement ready to show: class, one character for a matrix, the word in full. Never colour alone.
type Light struct {
	Class string // light-red
	Mark  string // 红
	Word  string // 红灯
}

// NewLight returns the light's class and words; no judgement is 「不评价」.
func NewLight(l queries.Light) Light {
	switch l {
	case queries.LightRed:
		return Light{"light-red", "红", "红灯"}
	case queries.LightYellow:
		return Light{"light-yellow", "黄", "黄灯"}
	case queries.LightGreen:
		return Light{"light-green", "绿", "绿灯"}
	}
	return Light{"light-none", Nil, "不评价"}
}

// lightOf returns a unit's light; a unit that the regime judges, but whose day has not come, is 「暂不评价」.
func lightOf(u queries.UnitResult) Light {
	l := NewLight(u.Light)
	if u.Light == queries.LightNone && u.Status == queries.Pending {
		l.Word = "暂不评价"
	}
	return l
}

// severityLight returns the light a finding of that severity gives; an info finding gives none and is a 「提示」.
func severityLight(s string) Light {
	switch s {
	case "red":
		return NewLight(queries.LightRed)
	case "yellow":
		return NewLight(queries.LightYellow)
	}
	return Light{"mark mark-info", "示", "提示"}
}

// severityOrder sorts red before yellow before info.
func severityOrder(s string) int {
	switch s {
	case "red":
		return 0
	case "yellow":
		return 1
	}
	return 2
}
