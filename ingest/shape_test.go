package ingest_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
)

// sheetText is a sheet as a person sees it: its head and its rows, and what else stands in it.
type sheetText struct {
	name   string
	over   []string   // lines over the head
	heads  [][]string // one row or more
	rows   [][]string //
	under  [][]string // rows under the table
	merges [][4]int   // top, left, bottom, right of rows and heads together, counted from 0 at the first head row
}

func (s *sheetText) col(head string) int { return slices.Index(s.heads[len(s.heads)-1], head) }

// bookText is a workbook of such sheets; cover holds the labels and values of 基本信息, nil for none.
type bookText struct {
	cover  [][2]string
	sheets []*sheetText
}

func (b *bookText) sheet(name string) *sheetText {
	for _, s := range b.sheets {
		if s.name == name {
			return s
		}
	}
	return nil
}

// textOf reads a written form back as text.
func textOf(t *testing.T, data []byte) *bookText {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer f.Close()
	b := &bookText{}
	for _, name := range []string{"基本信息", "制度建立", "会议召开", "议定事项"} {
		rows, err := f.GetRows(name)
		must(t, err)
		if name == "基本信息" {
			for _, r := range rows {
				r = append(r, "", "")
				b.cover = append(b.cover, [2]string{r[0], r[1]})
			}
			continue
		}
		s := &sheetText{name: name, heads: [][]string{rows[0]}}
		for _, r := range rows[1:] {
			for len(r) < len(rows[0]) {
				r = append(r, "")
			}
			if strings.Join(r, "") != "" {
				s.rows = append(s.rows, r)
			}
		}
		b.sheets = append(b.sheets, s)
	}
	return b
}

var escapeLike = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// write makes the workbook.
func (b *bookText) write(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	put := func(sheet string, row, col int, v string) {
		if v == "" {
			return
		}
		cell, err := excelize.CoordinatesToCellName(col+1, row+1)
		must(t, err)
		must(t, f.SetCellValue(sheet, cell, escapeLike.ReplaceAllString(v, "_x005F$0"))) // as Excel writes such words
	}
	first := true
	add := func(name string) {
		if first {
			must(t, f.SetSheetName("Sheet1", name))
			first = false
			return
		}
		_, err := f.NewSheet(name)
		must(t, err)
	}
	if b.cover != nil {
		add("基本信息")
		for i, l := range b.cover {
			put("基本信息", i, 0, l[0])
			put("基本信息", i, 1, l[1])
		}
	}
	for _, s := range b.sheets {
		add(s.name)
		n := 0
		for _, line := range s.over {
			put(s.name, n, 0, line)
			n++
		}
		top := n
		for _, rows := range [][][]string{s.heads, s.rows, s.under} {
			for _, r := range rows {
				for c, v := range r {
					put(s.name, n, c, v)
				}
				n++
			}
		}
		for _, m := range s.merges {
			from, _ := excelize.CoordinatesToCellName(m[1]+1, top+m[0]+1)
			to, _ := excelize.CoordinatesToCellName(m[3]+1, top+m[2]+1)
			must(t, f.MergeCell(s.name, from, to))
		}
	}
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

// habit is one thing counties do; it reports false where this workbook gives it nothing to do.
type habit struct {
	name string
	do   func(r *rand.Rand, b *bookText) bool
	// apart names the choices that the habit makes: of two that make the same one only the first is done.
	apart string
}

// same compares the facts of two readings: what they say, in whatever order they stood.
func same(a, b record.Reading) string {
	order := func(r record.Reading) record.Reading {
		slices.SortStableFunc(r.Meetings, func(x, y record.Meeting) int {
			return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.SessionYear, y.SessionYear), cmp.Compare(x.Kind, y.Kind), x.HeldOn.Compare(y.HeldOn))
		})
		slices.SortStableFunc(r.Resolutions, func(x, y record.Resolution) int {
			return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.SessionYear, y.SessionYear), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.ItemNo, y.ItemNo), cmp.Compare(x.TitleKey, y.TitleKey))
		})
		slices.SortStableFunc(r.Establishments, func(x, y record.Establishment) int { return cmp.Compare(x.Unit, y.Unit) })
		return r
	}
	a, b = order(a), order(b)
	ignore := gocmp.Options{facts, cmpopts.IgnoreFields(record.Meeting{}, "Extra"), cmpopts.IgnoreFields(record.Resolution{}, "Extra"), cmpopts.IgnoreFields(record.Establishment{}, "Extra")}
	return gocmp.Diff(a.Meetings, b.Meetings, ignore) + gocmp.Diff(a.Resolutions, b.Resolutions, ignore) + gocmp.Diff(a.Establishments, b.Establishments, ignore)
}

// TestMessyTwins reads random reports written with random mixes of habits: each must give the facts of its clean twin.
// SHAPES sets how many mixes are tried.
func TestMessyTwins(t *testing.T) {
	t.Parallel()
	n := 60
	if s := os.Getenv("SHAPES"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	tried := map[string]int{}
	for seed := range uint64(n) {
		r := rand.New(rand.NewPCG(seed, 41))
		form := randomForm(r)
		for i := range form.Resolutions { // as whole percents, which a cell shows in full
			whole := float64(r.IntN(101))
			form.Resolutions[i].Percent = &whole
		}
		if alone := seed < uint64(len(habits())) && habits()[seed].name == "several items in one cell"; alone || seed%3 == 1 {
			fillAlike(&form)
		}
		clean := workbook(t, form)
		b := textOf(t, clean)
		var did []string
		list := habits()
		if seed < uint64(len(list)) {
			list = list[seed : seed+1] // each alone first
		} else {
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			list = list[:2+r.IntN(4)]
			slices.SortStableFunc(list, func(a, b habit) int { return place(a) - place(b) })
		}
		apart := map[string]bool{}
		for _, h := range list {
			if slices.ContainsFunc(strings.Fields(h.apart), func(a string) bool { return apart[a] }) || !h.do(r, b) {
				continue
			}
			did = append(did, h.name)
			tried[h.name]++
			for _, a := range strings.Fields(h.apart) {
				apart[a] = true
			}
		}
		in := ingester(t)
		want := readingOf(t, in, send(t, in, ingest.Upload{Name: "甲.xlsx"}, clean))
		res := send(t, in, ingest.Upload{Name: fmt.Sprintf("第%d份.xlsx", seed)}, b.write(t))
		if res.Status != record.Accepted {
			t.Errorf("seed %d %v: %s %v", seed, did, res.Status, res.Problems)
			continue
		}
		if diff := same(want, readingOf(t, in, res)); diff != "" {
			t.Errorf("seed %d %v (-clean +messy):\n%s", seed, did, diff)
		}
	}
	for _, h := range habits() {
		if tried[h.name] == 0 {
			t.Errorf("habit %q was never tried", h.name)
		}
	}
}

// place is the habit's place in the order in which they are applied.
func place(h habit) int {
	return slices.IndexFunc(habits(), func(o habit) bool { return o.name == h.name })
}

// fillAlike fills each column of the items or leaves it blank, as a county does that writes several items in one cell.
func fillAlike(form *ingest.Form) {
	for i, r := range form.Resolutions {
		form.Resolutions[i] = record.Resolution{
			Unit: r.Unit, SessionYear: r.SessionYear, Kind: r.Kind, ItemNo: r.ItemNo, Title: r.Title, TitleKey: r.TitleKey, Percent: r.Percent,
			LeadUnit: fmt.Sprintf("第%d局", i), DueOn: period.MustDate("2024-10-31").AddDays(i), Progress: fmt.Sprintf("已办%d件", i),
			Status: []record.ItemStatus{record.StatusInProgress, record.StatusNotStarted}[i%2],
		}
	}
}

// TestMeetingsAlikeBesideItems: two units may have met on one day under one chair; each is its own meeting.
func TestMeetingsAlikeBesideItems(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	r := send(t, in, ingest.Upload{Name: "海棠区.xlsx"}, workbook(t, thirdQuarter(), drop("会议召开"), drop("议定事项"), rows("会议和事项",
		[]any{"召开单位", "所属年度", "会议形式", "召开日期", "主持人", "主持人职务", "序号", "议定事项", "牵头单位", "进展状态"},
		[]any{"海棠区", 2024, "年度联席会议", "2024-05-10", "赵三", "副区长", 1, "新建职工服务驿站12处", "区总工会", "推进中"},
		[]any{"松溪镇", 2024, "年度联席会议", "2024-05-10", "赵三", "副区长", 1, "设立流动图书角", "镇工会", "推进中"},
	)))
	if want := (ingest.Rows{Meeting: 2, Resolution: 2, Establishment: 2}); r.Status != record.Accepted || r.Rows != want {
		t.Errorf("%s with %v, want %v: %v", r.Status, r.Rows, want, r.Problems)
	}
}
