package xlsx

import "github.com/xuri/excelize/v2"

// Fonts by name: every Windows and WPS has them; elsewhere the program substitutes and says so.
const (
	fontBody = "宋体"
	fontHead = "黑体"
)

// Colours of the paper: hairlines and pale grounds that copy well in grey.
const (
	ink       = "1B2531"
	line      = "8793A1"
	headFill  = "E9EDF1"
	totalFill = "F3F5F7"
	groupFill = "F6F8FA"
)

// role is Look plus the roles that only this package gives.
type role uint8

const (
	roleBody role = iota
	roleTotal
	roleGroup
	roleTitle
	roleLeft
	roleRight
	roleHead
	roleNote
	roleCount
)

// sizes are a role's font size and line height in points.
type sizes struct{ points, line, pad, least float64 }

var roleSizes = [roleCount]sizes{
	roleBody:  {10, 14.4, 5, 20},
	roleTotal: {10, 14.4, 5, 21},
	roleGroup: {10, 13.5, 6, 20},
	roleTitle: {16, 22, 8, 32},
	roleLeft:  {10, 13.5, 4, 19},
	roleRight: {10, 13.5, 4, 19},
	roleHead:  {10, 13.5, 6, 22},
	roleNote:  {9, 12.5, 3, 15},
}

// styleKey is everything a style depends on.
type styleKey struct {
	role  role
	kind  kind
	align Align
	tone  Tone
	risky bool
	tall  bool // more lines than a row can hold: seen from its beginning
}

// styles makes each style once, in the order of first use, so that their numbers are the same for the same book.
type styles struct {
	file *excelize.File
	ids  map[styleKey]int
}

func (s *styles) id(k styleKey) (int, error) {
	if id, ok := s.ids[k]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(k.style())
	if err != nil {
		return 0, err
	}
	s.ids[k] = id
	return id, nil
}

func (k styleKey) style() *excelize.Style {
	st := &excelize.Style{
		Font:      &excelize.Font{Family: fontBody, Size: roleSizes[k.role].points, Color: ink},
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: horizontal(k.align), WrapText: k.kind <= kindText},
	}
	switch k.role {
	case roleTitle:
		st.Font.Family = fontHead
	case roleHead:
		st.Font.Family, st.Fill = fontHead, solid(headFill)
	case roleTotal:
		st.Font.Family, st.Fill = fontHead, solid(totalFill)
	case roleGroup:
		st.Font.Family, st.Fill = fontHead, solid(groupFill)
	}
	if k.role <= roleGroup || k.role == roleHead {
		st.Border = frame
	}
	if k.role <= roleGroup && k.align != Center && k.kind <= kindText {
		st.Alignment.Indent = 1
	}
	if k.tall {
		st.Alignment.Vertical = "top"
	}
	tone(st, k.tone)
	// 「_ 」 keeps a number a space off the border; a star stands in that space.
	switch k.kind {
	case kindText:
		if k.risky {
			st.NumFmt = 49 // @: stays text when the cell is edited and left again
		}
	case kindInt:
		st.CustomNumFmt = format("0_ ")
	case kindOne:
		st.CustomNumFmt = format("0.0_ ")
	case kindTwo:
		st.CustomNumFmt = format("0.00_ ")
	case kindPercent:
		st.CustomNumFmt = format("0.0%_ ")
	case kindStarred:
		st.CustomNumFmt = format(`0.0%\*`)
	case kindDate:
		st.CustomNumFmt = format("yyyy-mm-dd")
	}
	return st
}

var frame = []excelize.Border{
	{Type: "left", Color: line, Style: 1}, {Type: "right", Color: line, Style: 1},
	{Type: "top", Color: line, Style: 1}, {Type: "bottom", Color: line, Style: 1},
}

func tone(st *excelize.Style, t Tone) {
	switch t {
	case Red:
		st.Font.Color, st.Fill = "A5231A", solid("FCEBE8")
	case Yellow:
		st.Font.Color, st.Fill = "835600", solid("FDF3D8")
	case Green:
		st.Font.Color = "1B6848"
	case Muted:
		st.Font.Color = "5E6977"
	}
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func format(code string) *string { return &code }

func horizontal(a Align) string {
	switch a {
	case Center:
		return "center"
	case Right:
		return "right"
	}
	return "left"
}

// settle turns Auto into a place: the cell's own, the column's, or by kind.
func settle(c Cell, column Align) Align {
	switch {
	case c.align != Auto:
		return c.align
	case c.text == Null:
		return Center
	case column != Auto:
		return column
	case c.kind == kindDate:
		return Center
	case c.kind >= kindInt:
		return Right
	}
	return Left
}
