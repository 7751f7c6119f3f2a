package ingest_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
)

func sampleForm() ingest.Form {
	yes, two, pct := true, 2, 75.0
	return ingest.Form{
		Cover:   record.Cover{UnitText: "海棠区", FilledBy: "李一", FilledOn: period.MustDate("2024-10-08")},
		Quarter: period.MustQuarter("2024Q3"),
		Name:    func(c record.UnitCode) string { return map[record.UnitCode]string{"990102": "海棠区"}[c] },
		Units:   []string{"海棠区", "松溪镇"},
		Establishments: []record.Establishment{
			{Unit: "990102", LevelText: "县（市、区）", Established: true, EstablishedOn: period.MustDate("2020-05-01"), Document: "云海政发〔2020〕5号"},
		},
		Meetings: []record.Meeting{{
			Unit: "990102", SessionYear: 2024, Kind: record.KindAnnual, HeldOn: period.MustDate("2024-09-12"), Title: "2024年度联席会议",
			ChairName: "王二", ChairTitle: "区委副书记、区长", GovTopics: &two, AgendaReport: &yes,
		}},
		Resolutions: []record.Resolution{{
			Unit: "990102", SessionYear: 2024, Kind: record.KindAnnual, ItemNo: "1", Title: "=新建职工服务驿站",
			Status: record.StatusInProgress, DueOn: period.MustDate("2024-12-31"), DueText: "年底前", Percent: &pct,
		}},
	}
}

func TestWriteFormGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	var first bytes.Buffer
	for i := range 5 {
		var b bytes.Buffer
		if err := ingest.WriteForm(&b, sampleForm()); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = b
		} else if !bytes.Equal(first.Bytes(), b.Bytes()) {
			t.Fatalf("write %d differs from the first", i)
		}
	}
}

func TestWriteFormLayout(t *testing.T) {
	t.Parallel()
	form := sampleForm()
	for i := range 80 {
		form.Units = append(form.Units, "第"+strings.Repeat("九", i%7)+"街道")
	}
	var b bytes.Buffer
	if err := ingest.WriteForm(&b, form); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range []struct{ sheet, cell, want string }{
		{"基本信息", "A1", "填报单位"}, {"基本信息", "B1", "海棠区"}, {"基本信息", "B2", "2024年第三季度"},
		{"制度建立", "D2", "43952"}, {"会议召开", "E2", "45547"}, {"会议召开", "U1", "备注"},
		{"议定事项", "E2", "=新建职工服务驿站"}, {"议定事项", "K2", "年底前"}, {"议定事项", "O2", "0.75"}, {"字典", "A1", "海棠区"},
	} {
		got, err := f.GetCellValue(c.sheet, c.cell, excelize.Options{RawCellValue: true})
		if err != nil || got != c.want {
			t.Errorf("%s!%s = %q, %v, want %q", c.sheet, c.cell, got, err, c.want)
		}
	}
	if formula, err := f.GetCellFormula("议定事项", "E2"); err != nil || formula != "" {
		t.Errorf("text became the formula %q, %v", formula, err)
	}
	if shown, err := f.GetSheetVisible("字典"); err != nil || shown {
		t.Errorf("the dictionary sheet is visible (%v)", err)
	}
	rules, err := f.GetDataValidations("议定事项")
	if err != nil || len(rules) < 10 {
		t.Errorf("议定事项 has %d rules, %v", len(rules), err)
	}
}

func TestWriteCSV(t *testing.T) {
	t.Parallel()
	var utf, gb bytes.Buffer
	if err := ingest.WriteCSV(&utf, sampleForm(), false); err != nil {
		t.Fatal(err)
	}
	if err := ingest.WriteCSV(&gb, sampleForm(), true); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(utf.String(), "\ufeff召开单位,所属年度") || !strings.Contains(utf.String(), "75%") {
		t.Errorf("csv = %q", utf.String())
	}
	if !bytes.HasPrefix(gb.Bytes(), []byte{0xD5, 0xD9, 0xBF, 0xAA}) {
		t.Errorf("gb18030 csv begins with % x", gb.Bytes()[:4])
	}
}
