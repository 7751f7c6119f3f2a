package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestScratchCorpus(t *testing.T) {
	root := os.Getenv("CORPUS")
	if root == "" {
		t.Skip()
	}
	filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if d.IsDir() {
			return nil
		}
		b, _ := os.ReadFile(p)
		at := time.Now()
		book, e := openBook(b)
		took := time.Since(at)
		n := 0
		for _, g := range book.Grids {
			for _, r := range g.Rows {
				n += len(r.Cells)
			}
		}
		msg := ""
		if e != nil {
			msg = e.Error()
		}
		diff := ""
		if e == nil && !book.CSV {
			diff = compare(b, book)
		} else if e != nil && strings.HasSuffix(p, ".xlsx") {
			if f, xe := excelize.OpenFile(p, excelize.Options{UnzipSizeLimit: 300 << 20, UnzipXMLSizeLimit: 300 << 20}); xe == nil {
				diff = fmt.Sprint("EXCELIZE OPENS ", f.GetSheetList())
			}
		}
		fmt.Printf("%s\t%d cells\t%v\t%s\t%s\n", strings.TrimPrefix(p, root), n, took.Round(time.Millisecond), msg, diff)
		return nil
	})
}

func compare(b []byte, book Book) string {
	f, err := excelize.OpenReader(strings.NewReader(string(b)), excelize.Options{UnzipSizeLimit: 300 << 20, UnzipXMLSizeLimit: 300 << 20, RawCellValue: true})
	if err != nil {
		return "excelize: " + err.Error()
	}
	out := ""
	for _, g := range book.Grids {
		if g.Hidden {
			continue
		}
		rows, err := f.Rows(g.Name)
		if err != nil {
			out += " rows: " + err.Error()
			continue
		}
		ours := map[string]string{}
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				if !c.Down && !c.Across {
					ours[c.Ref()] = c.Text
				}
			}
		}
		n, bad := 0, 0
		i := 0
		for rows.Next() {
			i++
			cols, err := rows.Columns()
			if err != nil {
				out += " cols: " + err.Error()
				break
			}
			for j, v := range cols {
				if v == "" {
					continue
				}
				n++
				k := ref(j+1, i)
				if ours[k] != v {
					bad++
					if bad < 4 {
						out += fmt.Sprintf(" %s!%s ours %q theirs %q", g.Name, k, cut(ours[k]), cut(v))
					}
				}
				delete(ours, k)
			}
		}
		if bad > 0 {
			out += fmt.Sprintf(" DIFF %d/%d", bad, n)
		}
		if len(ours) > 0 {
			out += fmt.Sprintf(" EXTRA %d", len(ours))
		}
	}
	return out
}

func cut(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}
