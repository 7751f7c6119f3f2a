package export_test

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"liandu/dashboard/export"
)

// partsOfFile is every part of a paper's file as text.
func partsOfFile(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// attribute is a w: attribute of the first such element of a text, in twips or half points.
func attribute(text, element, name string) (int, bool) {
	m := regexp.MustCompile(`<w:` + element + ` [^>]*w:` + name + `="(-?\d+)"`).FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

func millimetres(twips int) float64 { return float64(twips) / 1440 * 25.4 }

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// standardPapers is one of every paper, the year's and the corrections among them.
func standardPapers(t *testing.T) []*export.Official {
	t.Helper()
	out := papers(t)
	year, err := ofAllLevels(t).AnnualNotice()
	if err != nil {
		t.Fatal(err)
	}
	form, err := dossier(t).MinutesForm("990103")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, year, form)
}

// The page of GB/T 9704-2012, measured in every paper's file: A4, 37 mm above, 28 mm at the binding, the type area 156 mm
// × 225 mm (turned for a landscape table), 22 lines of 28 characters.
func TestPapersHaveTheStandardsPage(t *testing.T) {
	t.Parallel()
	section := regexp.MustCompile(`(?s)<w:sectPr>.*?</w:sectPr>`)
	for _, o := range standardPapers(t) {
		parts := partsOfFile(t, fileOf(t, o))
		sections := section.FindAllString(parts["word/document.xml"], -1)
		if len(sections) != len(o.Pages) {
			t.Errorf("%s: %d sections for %d pages", o.Kind, len(sections), len(o.Pages))
		}
		for _, s := range sections {
			at := map[string]float64{}
			for _, name := range []string{"top", "right", "bottom", "left", "footer"} {
				n, ok := attribute(s, "pgMar", name)
				if !ok {
					t.Fatalf("%s: no margin %s", o.Kind, name)
				}
				at[name] = millimetres(n)
			}
			w, _ := attribute(s, "pgSz", "w")
			h, _ := attribute(s, "pgSz", "h")
			wide, high := millimetres(w), millimetres(h)
			want := map[string]float64{"top": 37, "left": 28, "right": 26, "bottom": 35}
			across, down := 156.0, 225.0
			if strings.Contains(s, "landscape") {
				// Turned: the binding edge above, the foot of the sheet at the left.
				want = map[string]float64{"top": 28, "left": 35, "right": 37, "bottom": 26}
				across, down = down, across
				wide, high = high, wide
			}
			if !near(wide, 210, 0.1) || !near(high, 297, 0.1) {
				t.Errorf("%s: the sheet is %.1f × %.1f mm", o.Kind, wide, high)
			}
			for name, mm := range want {
				if !near(at[name], mm, 0.1) {
					t.Errorf("%s: %s margin %.1f mm, want %.0f", o.Kind, name, at[name], mm)
				}
			}
			if got := millimetres(w) - at["left"] - at["right"]; !near(got, across, 0.2) {
				t.Errorf("%s: the type area is %.1f mm wide, want %.0f", o.Kind, got, across)
			}
			if got := millimetres(h) - at["top"] - at["bottom"]; !near(got, down, 0.2) {
				t.Errorf("%s: the type area is %.1f mm high, want %.0f", o.Kind, got, down)
			}
		}
		styles := parts["word/styles.xml"]
		line, _ := attribute(styles, "spacing", "line")
		if lines := 225 / millimetres(line); lines < 22 || lines >= 23 {
			t.Errorf("%s: %.2f lines a page, want 22", o.Kind, lines)
		}
		squeeze, _ := attribute(styles, "spacing", "val")
		if chars := 156 / millimetres(320+squeeze); chars < 28 || chars >= 29 {
			t.Errorf("%s: %.2f characters a line, want 28", o.Kind, chars)
		}
	}
}

// The sizes, fonts, places and colours of each element (gbt9704, parts 1 to 6).
func TestPapersHaveTheStandardsElements(t *testing.T) {
	t.Parallel()
	parts := partsOfFile(t, fileOf(t, standardPapers(t)[0]))
	styles := parts["word/styles.xml"]
	for _, tt := range []struct {
		name, font, align string
		halfPoints        int // 32 is 三号, 44 二号, 28 四号
	}{
		{"公文正文", "", "both", 0}, {"发文字号", "", "center", 0}, {"公文标题", "方正小标宋简体", "center", 44}, {"发文机关标志", "方正小标宋简体", "center", 104},
		{"主送机关", "", "both", 0}, {"一级标题", "黑体", "both", 0}, {"二级标题", "楷体_GB2312", "both", 0}, {"附件序号", "黑体", "", 0}, {"附件标题", "方正小标宋简体", "center", 44},
		{"抄送机关", "", "", 28}, {"印发机关和日期", "", "", 28}, {"页码", "宋体", "", 28}, {"函文号", "", "right", 0}, {"附注", "", "", 0},
	} {
		at := strings.Index(styles, `<w:name w:val="`+tt.name+`"/>`)
		if at < 0 {
			t.Errorf("no style %s", tt.name)
			continue
		}
		style := styles[at:]
		style = style[:strings.Index(style, "</w:style>")]
		if size, ok := attribute(style, "sz", "val"); ok != (tt.halfPoints != 0) || size != tt.halfPoints {
			t.Errorf("%s is %d half points, want %d (0 is the text's 三号)", tt.name, size, tt.halfPoints)
		}
		if (tt.font != "") != strings.Contains(style, "w:eastAsia=") || !strings.Contains(style, `w:eastAsia="`+tt.font) && tt.font != "" {
			t.Errorf("%s is not in %s", tt.name, tt.font)
		}
		if tt.align != "" && !strings.Contains(style, `<w:jc w:val="`+tt.align+`"/>`) {
			t.Errorf("%s is not aligned %s", tt.name, tt.align)
		}
	}
	if text, _ := attribute(styles, "sz", "val"); text != 32 || !strings.Contains(styles, `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312"`) {
		t.Errorf("the text is %d half points, want 32 in 仿宋", text)
	}
	for _, o := range standardPapers(t) {
		parts := partsOfFile(t, fileOf(t, o))
		x := parts["word/document.xml"]
		empty := `<w:p><w:pPr><w:pStyle w:val="PaperEmpty"/></w:pPr></w:p>`
		if strings.Contains(x, `w:val="PaperTitle"`) && !strings.Contains(x, empty+empty+`<w:p><w:pPr><w:pStyle w:val="PaperTitle"/>`) {
			t.Errorf("%s: the title is not two lines below what stands above it", o.Kind)
		}
		if i := strings.Index(x, `<w:pStyle w:val="PaperAddressee"/>`); i >= 0 && strings.Contains(x, `w:val="PaperTitle"`) && !strings.HasSuffix(x[:strings.LastIndex(x[:i], "<w:p>")], empty) {
			t.Errorf("%s: the addressee is not one line below the title", o.Kind)
		}
		for _, m := range regexp.MustCompile(`<w:p><w:pPr><w:pStyle w:val="PaperAttachmentMark"/>`).FindAllStringIndex(x, -1) {
			after := x[m[0]:]
			if next := after[strings.Index(after, "</w:p>")+len("</w:p>"):]; !strings.HasPrefix(next, empty+`<w:p><w:pPr><w:pStyle w:val="PaperTableTitle"/>`) {
				t.Errorf("%s: an attachment's title is not on the third line", o.Kind)
			}
		}
		if strings.Contains(x, "</w:tbl>") && strings.Contains(x, "w:tblBorders><w:top w:val=\"single\" w:sz=\"8\"") && strings.Contains(x, "PaperTableHead") && !strings.Contains(x, "<w:tblHeader/>") {
			t.Errorf("%s: a table's head is not repeated", o.Kind)
		}
		hasSeal := strings.Contains(x, "PaperSignDate")
		if hasSeal && !regexp.MustCompile(`<w:pStyle w:val="PaperSignDate"/>(<w:keepNext/><w:keepLines/>)?<w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="1280"`).MatchString(x) && len([]rune(o.Issuer)) < 14 {
			t.Errorf("%s: the date is not four characters from the right", o.Kind)
		}
		for name, text := range parts {
			if !strings.HasPrefix(name, "word/footer") || !strings.Contains(text, "PAGE") {
				continue
			}
			if !strings.Contains(text, "— ") || !strings.Contains(text, `w:ind w:right="280"/><w:jc w:val="right"`) && !strings.Contains(text, `w:ind w:left="280"/><w:jc w:val="left"`) {
				t.Errorf("%s: page number in %s", o.Kind, name)
			}
		}
	}
}
