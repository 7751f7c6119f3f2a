package export

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
)

// Kind is how a place of an edited paper stands to the data.
type Kind string

// The kinds. Only KindDiffers contradicts the data; the others are for a person to look at.
const (
	KindDiffers Kind = "不一致"
	KindMissing Kind = "缺少"
	KindUnknown Kind = "无法核对"
)

// Disagreement is one place of an edited paper that does not agree with the data. Found is what stands there, Right what
// the data gives, "" where the data says nothing about it. Figure is the source of Right, "" for the paper's own words.
type Disagreement struct {
	Kind   Kind   `json:"kind"`
	Place  string `json:"place"`
	Found  string `json:"found"`
	Right  string `json:"right"`
	Why    string `json:"why"`
	Figure string `json:"figure,omitempty"`
}

// CheckAgainst is 发前自证: it reads an edited .docx and lists, in the order of the paper, every number, date, name, post,
// state, light and quotation that no longer agrees with the paper the data gives. Numbers may be spelled in Chinese;
// words may be put otherwise, sentences and paragraphs moved, runs split and looks changed. Tracked insertions count as
// made, deletions as gone. It refuses with fault.Invalid what is no readable .docx.
func CheckAgainst(o *Official, file []byte) ([]Disagreement, error) {
	doc, err := docx.ReadOutline(bytes.NewReader(file), int64(len(file)), docx.DefaultLimits())
	if err != nil {
		return nil, unreadable(err)
	}
	v := newVocabulary(o)
	want, got := expected(o), actual(doc)
	out := compareText(v, want.text, got.text)
	out = append(out, order(got.text)...)
	out = append(out, compareTables(v, want.tables, got.tables)...)
	return append(out, compareHeads(o, doc.Heads)...), nil
}

func unreadable(err error) error {
	message, hint := "文件不能读取，可能已损坏。", "请用 Word 或 WPS 打开后另存为 .docx，再上传。"
	switch {
	case errors.Is(err, docx.ErrEncrypted):
		message, hint = "文件设有打开密码，不能核对。", "请去掉密码后另存，再上传。"
	case errors.Is(err, docx.ErrOldFormat), errors.Is(err, docx.ErrNotDocx):
		message, hint = "文件不是 Word 文档（.docx），不能核对。", "请另存为 .docx 再上传。"
	case errors.Is(err, docx.ErrTooBig):
		message, hint = "文件过大，不能核对。", "请去掉图片等附加内容后另存，再上传。"
	}
	return fault.Wrap(fault.Invalid, message, hint, err)
}

// sides is a paper as it is compared: its paragraphs in order, and its tables.
type sides struct {
	text   []passage
	tables []tableSide
}

// tableSide is a table by rows and columns of the grid.
type tableSide struct {
	name string
	head int
	rows [][]passage
}

// expected is the paper the data gives.
func expected(o *Official) sides {
	var out sides
	attached := 0
	for i, p := range o.Pages {
		part := "正文"
		if i > 0 {
			part = pageName(p, i)
		}
		place := placing(part)
		for _, b := range p.Blocks {
			switch v := b.(type) {
			case Line:
				if v.Style == docx.Empty {
					continue
				}
				one := newPassage(v.Spans, "")
				one.place = place(one)
				out.text = append(out.text, one)
			case Grid:
				attached++
				out.tables = append(out.tables, gridSide(v, part))
			case Foot:
				if len(v.Office) == 0 {
					one := newPassage(v.Copy, "版记")
					out.text = append(out.text, one)
					continue
				}
				t := tableSide{name: "版记"}
				if len(v.Copy) > 0 {
					t.rows = append(t.rows, []passage{newPassage(v.Copy, "")})
				}
				t.rows = append(t.rows, []passage{newPassage(append(slices.Clone(v.Office), v.Date...), "")})
				out.tables = append(out.tables, t)
			}
		}
	}
	return out
}

// pageName is 附件1《…》 by the page's own mark and title.
func pageName(p OfficialPage, i int) string {
	name := ""
	for _, b := range p.Blocks {
		l, ok := b.(Line)
		if !ok {
			continue
		}
		text := plainText(l.Spans)
		switch l.Style {
		case docx.AttachmentMark:
			name = text
		case docx.TableTitle:
			return name + "《" + text + "》"
		}
	}
	if name == "" {
		return fmt.Sprintf("第%d部分", i+1)
	}
	return name
}

// placing names a paragraph by its part, the heading it stands under and how it begins.
func placing(part string) func(passage) string {
	heading := ""
	return func(p passage) string {
		begin := p.text(0, 14)
		if len(p.raw) > 14 {
			begin += "……"
		}
		if m := ordinalHead.FindStringSubmatch(string(p.runes[:min(len(p.runes), 12)])); m != nil && m[1] != "" {
			heading = p.text(0, 14)
			return part + "标题“" + begin + "”"
		}
		if heading == "" {
			return part + "“" + begin + "”一段"
		}
		return part + "“" + heading + "”部分，“" + begin + "”一段"
	}
}

func gridSide(g Grid, part string) tableSide {
	t := tableSide{name: part, head: g.Head}
	for _, r := range g.Rows {
		var row []passage
		for _, c := range r {
			if c.Covered {
				row = append(row, passage{})
			} else {
				row = append(row, newPassage(c.Spans, ""))
			}
			for range max(c.Span, 1) - 1 {
				row = append(row, passage{})
			}
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// actual is the edited file.
func actual(doc docx.Outline) sides {
	var out sides
	place := placing("正文")
	for _, b := range doc.Blocks {
		if b.Rows != nil {
			t := tableSide{}
			for _, r := range b.Rows {
				var row []passage
				for _, c := range r {
					row = append(row, newPassage(spans(c), ""))
				}
				t.rows = append(t.rows, row)
			}
			if len(t.rows) > 0 {
				out.tables = append(out.tables, t)
			}
			continue
		}
		p := newPassage(spans(b.Text), "")
		if len(p.runes) == 0 {
			continue
		}
		text := string(p.runes)
		if strings.HasPrefix(text, "附件") && !strings.HasPrefix(text, "附件:") && len(p.runes) <= 4 {
			place = placing(text)
		}
		p.place = place(p)
		out.text = append(out.text, p)
	}
	return out
}

// compareHeads holds a letter's mark, which stands in the page's head, against the office's name.
func compareHeads(o *Official, heads []string) []Disagreement {
	for _, p := range o.Pages {
		if p.Mark == "" {
			continue
		}
		mark := string(fold(p.Mark))
		said := slices.DeleteFunc(slices.Clone(heads), func(h string) bool { return strings.TrimSpace(h) == "" })
		if len(said) > 0 && !slices.ContainsFunc(said, func(h string) bool { return strings.Contains(string(fold(h)), mark) }) {
			return []Disagreement{{
				Kind: KindDiffers, Place: "首页版头", Found: strings.TrimSpace(said[0]), Right: p.Mark,
				Why: "发文机关标志与设置中的机关全称不一致。", Figure: "setting/office.name",
			}}
		}
	}
	return nil
}
