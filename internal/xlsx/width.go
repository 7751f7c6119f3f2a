package xlsx

import (
	"math"
	"strings"
)

// The page in half-width characters of the default font (宋体 11), inside 12 mm margins on A4.
const (
	pageLandscape = 126.0
	pagePortrait  = 84.0
)

// textWidth returns the longest line of s in half-width characters: East Asian ones count two.
func textWidth(s string) float64 {
	longest, line := 0, 0
	for _, r := range s {
		if r == '\n' {
			line = 0
			continue
		}
		line += runeWidth(r)
		longest = max(longest, line)
	}
	return float64(longest)
}

func runeWidth(r rune) int {
	if r < 0x2E80 && !(r >= 0x2010 && r <= 0x2027) && !(r >= 0x2030 && r <= 0x203B) && !(r >= 0x2190 && r <= 0x2193) && !(r >= 0x2460 && r <= 0x24FF) {
		return 1
	}
	if r >= 0xFF61 && r <= 0xFFDC {
		return 1
	}
	return 2
}

// columnWidths chooses a width for every column, in half-width characters, and fills the page where there is room.
func (t Table) columnWidths() []float64 {
	widths, total, flex := make([]float64, len(t.Columns)), 0.0, 0.0
	for i, c := range t.Columns {
		widths[i] = c.Width
		if c.Width == 0 {
			widths[i] = t.contentWidth(i)
		}
		total += widths[i]
		if c.Flex {
			flex += widths[i]
		}
	}
	page := pageLandscape
	if t.Portrait {
		page = pagePortrait
	}
	spread(widths, t.Columns, page-total, total, flex)
	return widths
}

// spread hands out the room left on the page: to the flexible columns first, else to all, by their widths, and never
// more than double. Too wide a table is left to the printer's fit to width.
func spread(widths []float64, columns []Column, room, total, flex float64) {
	if room <= 0 {
		return
	}
	base := total
	if flex > 0 {
		base = flex
	}
	factor := min(1+room/base, 2)
	for i, c := range columns {
		if c.Flex || flex == 0 {
			widths[i] = math.Round(widths[i]*factor*4) / 4
		}
	}
}

func (t Table) contentWidth(col int) float64 {
	c := t.Columns[col]
	low, high := c.Min, c.Max
	if low == 0 {
		low = 5
	}
	if high == 0 {
		high = 40
	}
	widest := low
	if n := len(c.Head); n > 0 {
		widest = max(widest, headWidth(c.Head[n-1]))
	}
	for _, row := range t.Rows {
		if row.Look != Group && col < len(row.Cells) {
			widest = max(widest, textWidth(row.Cells[col].text)+2.5)
		}
	}
	return min(widest, max(high, low))
}

// headWidth lets a long head break into two lines, never leaving a lone bracket on the second.
func headWidth(head string) float64 {
	w := textWidth(head)
	if strings.Contains(head, "\n") || w <= 6 || w <= 12 && strings.HasSuffix(head, "）") {
		return w + 1.5
	}
	return math.Ceil(w/4)*2 + 1.5
}

// scale is the width of a half-width character of a role's font against the default font's, a little wide: a row too
// high is better than a line cut off where a program substitutes the fonts.
func (s sizes) scale() float64 { return s.points / 11 * 1.05 }

// lines returns how many lines s takes in a cell of the given width.
func (s sizes) lines(text string, width float64) int {
	room := max((width-2)/s.scale(), 2)
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		used := 0.0
		n++
		for _, r := range line {
			w := float64(runeWidth(r))
			if used+w > room {
				n, used = n+1, 0
			}
			used += w
		}
	}
	return n
}

// height returns the row height in points for so many lines.
func (s sizes) height(lines int) float64 {
	return min(max(float64(lines)*s.line+s.pad, s.least), tallest)
}

// tallest is the highest a row can be, in points.
const tallest = 409
