package view

import "liandu/internal/period"

// Colours are names of tokens.css; chart.js resolves them, so that paper and screen share one option.
const (
	colourMain    = "var(--chart-1)" // the unit or figure in question; completed
	colourAdverse = "var(--chart-2)"
	colourDoing   = "var(--chart-3)"
	colourIdle    = "var(--chart-4)"
	colourOther   = "var(--chart-5)" // comparison
	colourThird   = "var(--chart-6)"
)

// LineChart is a figure over quarters. Axis, every line's Values and Tips have the same length; an empty axis entry is
// the gap at a new year, where rates restart. Values are in tenths; nil is no value and breaks the line.
type LineChart struct {
	ID, Label      string
	Axis           []string
	Lines          []Line
	Tips           []string
	Hrefs          []string
	Min, Max, Step int
	Percent        bool
	Rules          []Rule
}

// Line is one line; lines differ in mark as well as in colour. End is what stands at its last value.
type Line struct {
	Name, Mark, Colour, End string
	Dashed                  bool
	Values                  []*int
}

// Rule is a horizontal line with its name, such as 「红线 70」.
type Rule struct {
	At   int // tenths
	Name string
}

// StackChart is one stacked bar a unit. Every part's Values has one entry a row.
type StackChart struct {
	ID, Label string
	Rows      []string // top to bottom
	Parts     []Part
	Ends      []string // what stands at a bar's end, 5/6
	Tips      []string
	Hrefs     []string
	Max       int
}

// Part is one colour of a stacked bar.
type Part struct {
	Name, Colour, Ink string
	Class             string // of the key's square
	Values            []int
}

// DateChart places one mark on a time axis for each meeting.
type DateChart struct {
	ID, Label     string
	Rows          []string // top to bottom
	From, To      period.Date
	NextYear      bool // the axis runs into the next year: its January is labelled 次年1月
	Deadline      period.Date
	DeadlineLabel string
	Points        []DatePoint
}

// DatePoint is one meeting. Shape and colour both say whether something is wrong.
type DatePoint struct {
	Row              string
	On               period.Date // on the axis, not necessarily the true year
	Text, Tip        string
	Mark, Colour     string
	Bad, TextAtRight bool
	Href             string
}
