package ingest

import (
	"archive/zip"
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"liandu/internal/record"
)

// FuzzLocate: whatever stands in the cells, reading ends, and what it names lies inside the sheet.
func FuzzLocate(f *testing.F) {
	index, units := newFormIndex(), goldenUnits(f)
	f.Add("填报单位\t海棠区\n报告期\t2024年第三季度\n召开单位\t会议形式\t召开日期\n海棠区\t年度联席会议\t2024-05-10\n")
	f.Add("召开单位\t责任\t<\n^\t责任单位\t责任人\n海棠区\t甲\t乙\n合计\t1\t\n注：无\t<\t<\n")
	f.Add("序号\t议定事项\t进展状态\t完成比例\n同上\t〃\t已办结\t８０％\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		g := gridOf("表", text)
		p := &problems{}
		r := readBook(index, units, "报表.xlsx", Book{Grids: []Grid{g}}, chosen{}, nil, p)
		last := strings.Count(text, "\n") + 1
		for _, m := range r.Meetings {
			if m.Source.Row < 1 || m.Source.Row > last {
				t.Errorf("meeting in row %d of %d", m.Source.Row, last)
			}
		}
		for _, q := range p.list {
			if q.Cell != "" {
				if _, row, ok := place(q.Cell); !ok || row > last+1 {
					t.Errorf("problem at %s of %d rows: %v", q.Cell, last, q)
				}
			}
			if q.Message == "" || strings.Contains(q.Message, "%!") || !utf8.ValidString(q.Message) && utf8.ValidString(text) {
				t.Errorf("problem says %q", q.Message)
			}
		}
	})
}

// FuzzCSV: no text makes the reader fail, and every field comes from the text.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("甲,乙\n\"一\n二\",\"三\"\"四\"\r\n;x"))
	f.Add([]byte("sep=;\na;b\n"))
	f.Add([]byte("\xEF\xBB\xBFa\tb\n\n\"open"))
	f.Add([]byte("\xD0\xF2\xBA\xC5,\xCA\xC2\xCF\xEE\n1,\xB8\xB4\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		book, err := openCSV(b)
		if err != nil {
			return
		}
		g := book.Grids[0]
		text, ok := decodeText(b)
		if !ok {
			t.Fatal("read a CSV that is no text")
		}
		size, last := 0, 0
		for _, r := range g.Rows {
			if r.N <= last {
				t.Fatalf("row %d after %d", r.N, last)
			}
			last = r.N
			for _, c := range r.Cells {
				size += len(c.Text)
			}
		}
		if size > len(text) {
			t.Errorf("%d bytes of cells from %d bytes", size, len(text))
		}
	})
}

// FuzzOpen: no bytes make opening panic, and every refusal is a sentence.
func FuzzOpen(f *testing.F) {
	var b bytes.Buffer
	if err := WriteForm(&b, Form{}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if isZipOfFiles(inMemory(b)) {
			_ = unzip(inMemory(b), noSpool, func(member) error { return nil })
			return
		}
		if _, err := openBook(inMemory(b)); err != nil && !strings.HasSuffix(asRefusal(err).Error(), "。") {
			t.Errorf("refusal %q", err)
		}
	})
}

// FuzzSheet: no sheet XML makes reading panic or break the grid's order.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="C1"><v>45366</v></c></row>`)
	f.Add(`<row><c t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C9"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, inner string) {
		b := bookOf(t, `<worksheet><sheetData>`+inner+`</sheetData></worksheet>`)
		book, err := openBook(inMemory(b))
		if err != nil {
			return
		}
		for _, g := range book.Grids {
			last := 0
			for _, r := range g.Rows {
				if r.N <= last || r.N > maxRows {
					t.Fatalf("row %d after %d", r.N, last)
				}
				last = r.N
				for i, c := range r.Cells {
					if c.Row != r.N || c.Col < 1 || c.Col > maxCols || i > 0 && c.Col <= r.Cells[i-1].Col {
						t.Fatalf("cell %+v in row %d", c, r.N)
					}
				}
			}
		}
	})
}

// noSpool is a disk that is full: a member beyond memory is left.
func noSpool() (*os.File, error) { return nil, os.ErrPermission }

// checkGrids: whatever was read keeps a grid's order and limits.
func checkGrids(t *testing.T, book Book) {
	t.Helper()
	cells := 0
	for _, g := range book.Grids {
		last := 0
		for _, r := range g.Rows {
			if r.N <= last || r.N > maxRows {
				t.Fatalf("row %d after %d", r.N, last)
			}
			last = r.N
			for i, c := range r.Cells {
				if c.Row != r.N || c.Col < 1 || c.Col > maxCols || i > 0 && c.Col <= r.Cells[i-1].Col {
					t.Fatalf("cell %+v in row %d", c, r.N)
				}
			}
			cells += len(r.Cells)
		}
	}
	if cells > maxCells+maxFilled {
		t.Fatalf("%d cells", cells)
	}
}

// FuzzHTML: no page makes reading panic or break the grid's order.
func FuzzHTML(f *testing.F) {
	f.Add([]byte("<table><tr><td rowspan=2>甲<td colspan=3 x:num=45366>2024-3-15</tr><tr><td>丙</table>注"))
	f.Add([]byte("<table><tr><td>题<table><tr><td>甲</td></table></td><td hidden>乙</td></tr>"))
	f.Add([]byte("<!--<x:Name>会议召开</x:Name>--><td>甲</td><tr><th>乙<br>丙"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if book, err := openHTML(b); err == nil {
			checkGrids(t, book)
		}
	})
}

// FuzzSheetXML: no XML spreadsheet makes reading panic or break the grid's order.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(sheetXMLHead + `<Worksheet ss:Name="表"><Table><Column ss:Span="2" ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeDown="1" ss:MergeAcross="2"><Data ss:Type="DateTime">2024-03-15T00:00:00.000</Data></Cell></Row><Row><Cell ss:Index="5"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>`))
	f.Add([]byte(`<Workbook><Worksheet><Row ss:Span="3"><Cell><Data>甲</Data></Cell></Row></Worksheet></Workbook>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if book, err := openSheetXML(b); err == nil {
			checkGrids(t, book)
		}
	})
}

// FuzzXLS: no binary workbook makes reading panic or break the grid's order.
func FuzzXLS(f *testing.F) {
	data, err := os.ReadFile("testdata/book/third_quarter.xls")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(append([]byte("\x09\x08\x10\x00\x00\x06\x10\x00"), make([]byte, 12)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if book, err := openXLS(b); err == nil {
			checkGrids(t, book)
		}
	})
}

// FuzzZip: no zip makes taking it apart panic, nor gives a member a name that leads out.
func FuzzZip(f *testing.F) {
	f.Add(zipOfParts(f, "各县/甲.csv", "a,b\n", "../乙.txt", "x"))
	f.Add(zipOfParts(f, "里.zip", string(zipOfParts(f, "甲.csv", "a,b\n"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = unzip(inMemory(b), noSpool, func(m member) error {
			if strings.HasPrefix(m.name, "/") || strings.HasPrefix(m.name, "../") || strings.Contains(m.name, "/../") || strings.HasSuffix(m.name, "/..") || !utf8.ValidString(m.name) {
				t.Errorf("member %q", m.name)
			}
			if m.err == nil {
				if _, err := openBook(m.data); err != nil && !strings.HasSuffix(asRefusal(err).Error(), "。") {
					t.Errorf("refusal %q", err)
				}
			}
			return nil
		})
	})
}

func zipOfParts(f *testing.F, namesAndData ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndData); i += 2 {
		p, err := w.Create(namesAndData[i])
		if err == nil {
			_, err = p.Write([]byte(namesAndData[i+1]))
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}

// FuzzMark: no workbook makes marking panic, and what comes back reads like what was sent.
func FuzzMark(f *testing.F) {
	var b bytes.Buffer
	if err := WriteForm(&b, Form{}); err != nil {
		f.Fatal(err)
	}
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="C1"><v>45366</v></c></row>`, "B1")
	f.Add(`<row/><row r="5" spans="1:2" s="0" customFormat="1"/></sheetData><mergeCells><mergeCell ref="A1:C9"/></mergeCells><legacyDrawing r:id="x"/><sheetData>`, "C7")
	f.Fuzz(func(t *testing.T, inner, cell string) {
		o := inMemory(bookOf(t, `<worksheet><sheetData>`+inner+`</sheetData></worksheet>`))
		before, err := openBook(o)
		if err != nil {
			return
		}
		var out bytes.Buffer
		problem := record.Problem{Severity: record.SeverityError, Sheet: "表", Cell: cell, Value: inner, Message: inner, Hint: cell}
		if err := mark(&out, o, record.Reading{Problems: []record.Problem{problem}}); err != nil {
			return
		}
		if !sameCells(before, out.Bytes()) {
			t.Errorf("cells changed")
		}
	})
}
