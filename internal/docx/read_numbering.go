package docx

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
)

// numbering writes the numbers that Word draws before paragraphs and that stand nowhere in their text: without them
// 「（一）」 of an item would be lost.
type numbering struct {
	levels map[string]map[string]level // by numId, then ilvl
	count  map[string][]int            // by numId: the counter of each level
}

type level struct {
	format string // decimal, chineseCounting, bullet …
	text   string // 「（%1）」
	start  int
}

// readNumbering reads numbering.xml beside the main part. A file without one, or with a damaged one, has no numbers.
func readNumbering(files []*zip.File, main string, l Limits) *numbering {
	n := &numbering{levels: map[string]map[string]level{}, count: map[string][]int{}}
	f := part(files, path.Join(path.Dir(partName(main)), "numbering.xml"))
	if f == nil {
		return n
	}
	r, err := f.Open()
	if err != nil {
		return n
	}
	defer r.Close()
	abstract := map[string]map[string]level{}
	d := xml.NewDecoder(io.LimitReader(r, min(l.Part, 4<<20)))
	var abstractID, levelID, numID string
	for {
		t, err := d.Token()
		if err != nil {
			return n
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		set := func(change func(*level)) {
			if m := abstract[abstractID]; m != nil && numID == "" {
				v := m[levelID]
				change(&v)
				m[levelID] = v
			}
		}
		switch name(e.Name) {
		case "abstractNum":
			abstractID, numID = attr(e, "abstractNumId"), ""
			abstract[abstractID] = map[string]level{}
		case "lvl":
			levelID = attr(e, "ilvl")
			set(func(v *level) { v.start = 1 })
		case "start":
			set(func(v *level) { v.start = number(attr(e, "val")) })
		case "numFmt":
			set(func(v *level) { v.format = attr(e, "val") })
		case "lvlText":
			set(func(v *level) { v.text = attr(e, "val") })
		case "num":
			numID = attr(e, "numId")
		case "abstractNumId":
			if numID != "" {
				n.levels[numID] = abstract[attr(e, "val")]
			}
		}
	}
}

// label counts one more paragraph of the list and returns its number as drawn, "" for none and for bullets.
func (n *numbering) label(numID, levelID string) string {
	if levelID == "" {
		levelID = "0"
	}
	v, ok := n.levels[numID][levelID]
	at := number(levelID)
	if !ok || at > 8 || len(v.text) > 40 {
		return ""
	}
	count := n.count[numID]
	for len(count) <= at {
		count = append(count, n.levels[numID][strconv.Itoa(len(count))].start-1)
	}
	count[at]++
	n.count[numID] = count[:at+1]
	if v.format == "bullet" || v.format == "none" {
		return ""
	}
	text := v.text
	for i, c := range count[:at+1] {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), figure(c, n.levels[numID][strconv.Itoa(i)].format))
	}
	return text
}

// figure writes a counter in the format of its level; formats that no Chinese document uses come out in digits.
func figure(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand":
		return chinese(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	}
	return strconv.Itoa(n)
}

func chinese(n int) string {
	const digits = "零一二三四五六七八九"
	digit := func(i int) string { return string([]rune(digits)[i]) }
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digit(n)
	case n < 20:
		return "十" + strings.TrimPrefix(digit(n%10), "零")
	}
	return digit(n/10) + "十" + strings.TrimPrefix(digit(n%10), "零")
}
