package ingest

import (
	"bytes"
	"fmt"
	"io"
	"time"
)

// The limits of what a stranger's file may ask of us (reliability.md, part 1). A real county file is far below each.
const (
	MaxUpload    = 200 << 20 // bytes of one uploaded file
	maxEntries   = 2000      // entries of a zip
	maxDirectory = 50_000    // entries of a zip and of what lies in it, before it is opened
	maxUnzipped  = 400 << 20 // bytes of everything in a zip, unpacked
	freeRatio    = 64 << 20  // below this many unpacked bytes any ratio is fine
	maxRatio     = 200       // unpacked to packed
	maxNesting   = 2         // zips within a zip
	maxRows      = 200_000   // per sheet
	maxCols      = 256
	maxCells     = 600_000  // per workbook, not blank: what the parent can hold beside the database
	maxText      = 64 << 20 // bytes of a file that must be read whole: text, and binary workbooks
	maxSpool     = 1 << 20  // bytes of a zip's member above which it waits on disk, not in memory
	maxCellRune  = 32_767   // Excel's own limit
	maxSheets    = 200
	maxFilled    = 500_000 // cells filled from merged ranges, per sheet
	maxRun       = 1 << 20 // bytes of XML without a tag: no cell is longer
	maxMerges    = 20_000

	parseTime   = 30 * time.Second
	parseMemory = 1 << 30       // what a parser's heap is held to
	parseRSS    = 1_500_000_000 // a parser above this is replaced
	parseSpace  = 4 << 30       // address space: Go reserves far more than it uses
)

// tagged refuses XML that runs on without a tag: one cell of half a gigabyte is stopped before it is in memory.
type tagged struct {
	r   io.Reader
	run int
}

func (t *tagged) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	b := p[:n]
	for len(b) > 0 {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			t.run += len(b)
			break
		}
		if t.run += i; t.run > maxRun {
			break
		}
		t.run = 0
		b = b[i+1:]
	}
	if t.run > maxRun {
		return n, errEndless
	}
	return n, err
}

// reason puts the refusal before what the XML reader made of the text that was cut off.
func (t *tagged) reason(err error) error {
	if err != nil && t.run > maxRun {
		return errEndless
	}
	return err
}

var errTextTooBig = refuse("file_too_big", fmt.Sprintf("文件超过 %d MB，不像一份季度报表。", maxText>>20), "请检查内容，只保留报表后另存为 .xlsx，再重新报送。")

var errEndless = refuse("file_too_big", "文件里有一个超长的单元格。", "请检查工作簿内容，删去异常的单元格后重新报送。")
