package export

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/period"
	"liandu/queries"
)

// attachment is a page after the text. Its title is word for word the one of the note under the text.
type attachment struct {
	name      string
	landscape bool
	blocks    []OfficialBlock
}

// page begins with 附件1 at the top left and the title on the third line; one attachment alone bears no number.
func (a attachment) page(n, of int) OfficialPage {
	mark := "附件"
	if of > 1 {
		mark += strconv.Itoa(n)
	}
	blocks := []OfficialBlock{Line{Style: docx.AttachmentMark, Spans: spans(mark)}, empty()}
	blocks = append(blocks, Line{Style: docx.TableTitle, Spans: spans(a.name)})
	return OfficialPage{Landscape: a.landscape, Blocks: append(blocks, keepTail(a.blocks)...)}
}

// keepTail holds what follows a page's last table together, so that it goes with the table's last rows.
func keepTail(blocks []OfficialBlock) []OfficialBlock {
	out := slices.Clone(blocks)
	for i := len(out) - 2; i >= 0; i-- {
		l, ok := out[i].(Line)
		if !ok {
			break
		}
		l.Keep = true
		out[i] = l
	}
	return out
}

// attachmentNote is 附件：1.… under the text, names lined up (R43).
func attachmentNote(all []attachment) []OfficialBlock {
	if len(all) == 0 {
		return nil
	}
	if len(all) == 1 {
		return []OfficialBlock{empty(), Line{Style: docx.AttachmentNote, Spans: spans("附件：" + all[0].name), Left: 5 * docx.CharWidth, Hanging: 3 * docx.CharWidth}}
	}
	out := []OfficialBlock{empty()}
	for i, a := range all {
		text := strconv.Itoa(i+1) + "." + a.name
		line := Line{Style: docx.AttachmentNote, Spans: spans("附件：" + text)}
		if i > 0 {
			line = Line{Style: docx.AttachmentNote, Spans: spans(text), Left: 6 * docx.CharWidth, Hanging: docx.CharWidth}
		}
		out = append(out, line)
	}
	return out
}

// signature is the office and the date, to be sealed: the date four characters from the right, the office centred on it.
func signature(office, on Span) []OfficialBlock {
	const indent = 4 * docx.CharWidth
	wide := func(s string) int { return int(width(s) * docx.CharWidth) }
	o, d := wide(office.Text), wide(on.Text)
	officeRight, dateRight := indent+(d-o)/2, indent
	if officeRight < 0 {
		officeRight, dateRight = 0, (o-d)/2
	}
	return []OfficialBlock{
		empty(), empty(),
		Line{Style: docx.Signature, Spans: spans(office), Right: max(officeRight, 1)},
		Line{Style: docx.SignDate, Spans: spans(on), Right: dateRight},
	}
}

// together keeps the end of a paper on one page: the last paragraph of the text, the note of attachments, office and date.
// The page of the signature always bears some of the text.
func together(body, end []OfficialBlock) []OfficialBlock {
	out := slices.Clone(body)
	if l, ok := out[len(out)-1].(Line); ok {
		l.Keep = true
		out[len(out)-1] = l
	}
	for i, b := range end {
		if l, ok := b.(Line); ok && i < len(end)-1 {
			l.Keep = true
			b = l
		}
		out = append(out, b)
	}
	return out
}

// tableLine is 截至… at the left and 单位：… at the right above a table.
func (k *desk) tableLine(units string) OfficialBlock {
	left := spans("截至", k.asOfSpan())
	return Line{Style: docx.TableLine, Spans: spans(left, "\t单位："+units)}
}

// tableNotes are 注：1.… under a table.
func tableNotes(size int, notes ...[]Span) []OfficialBlock {
	var out []OfficialBlock
	for i, n := range notes {
		head := "　　"
		if i == 0 {
			head = "注："
		}
		if len(notes) > 1 {
			head += strconv.Itoa(i+1) + "."
		}
		out = append(out, Line{Style: docx.TableNote, Spans: spans(head, n), Size: size})
	}
	return out
}

// heads makes a table's head. A column is one word, or group/word for two rows; neighbours of one group share its cell.
func heads(columns ...string) [][]GridCell {
	two := slices.ContainsFunc(columns, func(c string) bool { return strings.Contains(c, "/") })
	var top, below []GridCell
	last := ""
	for _, c := range columns {
		group, word, grouped := strings.Cut(c, "/")
		if !grouped {
			top = append(top, GridCell{Spans: spans(c), Down: two})
			below = append(below, GridCell{Covered: true})
			last = ""
			continue
		}
		if group == last {
			top[len(top)-1].Span++
		} else {
			top = append(top, GridCell{Spans: spans(group), Span: 1})
		}
		below, last = append(below, GridCell{Spans: spans(word)}), group
	}
	if !two {
		return [][]GridCell{top}
	}
	return [][]GridCell{top, below}
}

// mid and left are cells; an empty one is 「—」.
func mid(parts ...any) GridCell { return cellOf(docx.Centre, parts...) }

func leftCell(parts ...any) GridCell { return cellOf(docx.Left, parts...) }

func cellOf(align docx.Align, parts ...any) GridCell {
	s := spans(parts...)
	empty := true
	for _, one := range s {
		empty = empty && strings.TrimSpace(one.Text) == ""
	}
	if empty {
		return GridCell{Spans: spans(nullMark), Align: docx.Centre}
	}
	return GridCell{Spans: s, Align: align}
}

// blankCell is a cell to be filled in by hand.
func blankCell() GridCell { return GridCell{} }

// widths fills a table's width: the zero columns share what the others leave.
func widths(total int, cols ...int) []int {
	rest, open := total, 0
	for _, c := range cols {
		rest -= c
		if c == 0 {
			open++
		}
	}
	out := slices.Clone(cols)
	for i := range out {
		if out[i] == 0 {
			out[i] = rest / open
		}
	}
	sum := 0
	for _, c := range out {
		sum += c
	}
	out[len(out)-1] += total - sum
	return out
}

// rateCell is a rate without %, starred where the denominator is under five.
func rateCell(id string, p queries.Pair) GridCell {
	if p.Den == 0 {
		return mid(nullMark)
	}
	s := sharePercent(id, p)
	s.Text = strings.TrimSuffix(s.Text, "%")
	if p.Den < small {
		return mid(s, "*")
	}
	return mid(s)
}

// dayCell is 6月18日 in the year asked, the full date in another, and 「—」 where there is none.
func (k *desk) dayCell(id string, d period.Date) GridCell {
	if d.IsZero() {
		return mid(nullMark)
	}
	s := date(id, d)
	if d.Year() == k.asOf.Year {
		s.Text = strconv.Itoa(d.Month()) + "月" + strconv.Itoa(d.Day()) + "日"
	}
	return mid(s)
}

func trimStop(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。") }

func trimComma(s string) string { return strings.TrimPrefix(s, "，") }

// sortLaggards orders by most red findings, then the lowest score, then code.
func sortLaggards(units []queries.UnitResult) {
	score := func(u queries.UnitResult) int {
		if u.Score == nil {
			return 1 << 30
		}
		return *u.Score
	}
	slices.SortStableFunc(units, func(a, b queries.UnitResult) int {
		return cmp.Or(cmp.Compare(b.Red, a.Red), cmp.Compare(score(a), score(b)), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
}

// fullDay is a date of any year.
func fullDay(id string, d period.Date) GridCell {
	if d.IsZero() {
		return mid()
	}
	return mid(date(id, d))
}

// oneLine drops line breaks a county typed into a cell.
func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }
