package registry

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

func TestParseCSV(t *testing.T) {
	t.Parallel()
	const plain = "code,name,level,parent,submitter,aliases\n990100,云州市,city,,0,\n990102,桐屯区,county,990100,1,桐屯|桐屯新城\n"
	want := []record.Unit{
		{Code: "990100", Name: "云州市", Level: record.LevelCity},
		{Code: "990102", Name: "桐屯区", Level: record.LevelCounty, Parent: "990100", Submitter: true, Aliases: []string{"桐屯", "桐屯新城"}},
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, text string }{
		{"plain", plain},
		{"BOM", "\ufeff" + plain},
		{"GB18030", gb},
		{"CRLF", strings.ReplaceAll(plain, "\n", "\r\n")},
		{"no final newline", strings.TrimSuffix(plain, "\n")},
		{"other order", "name,aliases,submitter,parent,level,code\n云州市,,0,,city,990100\n桐屯区,桐屯|桐屯新城,1,990100,county,990102\n"},
		{"Chinese heads and words", "代码,名称,层级,上级代码,是否报送,别名\n990100,云州市,市,,否,\n990102,桐屯区,县（市、区）,990100,是,桐屯｜桐屯新城\n"},
		{"full-width, spaces, blank rows", "code,name,level,parent,submitter,aliases\n\n９９０１００, 云 州 市 ,CITY,,０,\n,,,,,\n990102,桐屯区,county,990100,１, 桐屯 |桐屯新城|桐屯\n"},
		{"short rows", "code,name,level,parent,submitter,aliases\n990100,云州市,city\n990102,桐屯区,county,990100,1,桐屯|桐屯新城\n"},
	}
	for _, tt := range tests {
		got, err := ParseCSV(strings.NewReader(tt.text))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(period.Date{})); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestParseCSVRefuses(t *testing.T) {
	t.Parallel()
	const head = "code,name,level,parent,submitter,aliases,valid_from\n"
	tests := []struct{ name, text, want string }{
		{"empty", "", "空的"},
		{"head only", head, "没有单位"},
		{"missing column", "code,name,parent,submitter\n1,云州市,,0\n", "缺少列「level」"},
		{"unknown column", "code,name,level,parent,submitter,phone\n", "不认识的列「phone」"},
		{"column twice", "code,name,level,parent,submitter,code\n", "出现了两次"},
		{"level", head + "1,云州市,nation,,0,,\n", "第 2 行「level」列的「nation」"},
		{"code", head + "一,云州市,city,,0,,\n", "第 2 行「code」列的「一」"},
		{"no code", head + ",云州市,city,,0,,\n", "第 2 行「code」列"},
		{"submitter", head + "1,云州市,city,,也许,,\n", "「submitter」列的「也许」应为 1 或 0"},
		{"date", head + "1,云州市,city,,0,,去年\n", "「valid_from」列的「去年」不是日期"},
		{"name", head + "1,=云州市,city,,0,,\n", "「name」列"},
		{"quote", head + "1,\"云州市,city,,0,,\n", "引号"},
		{"all at once", head + "x!,云州市,city,,0,,\n2,甲县,town,1,1,,\n", "第 3 行"},
		{"binary", "code,\x00\n", "不是文本文件"},
		{"other encoding", "code,name\n\xff\xff\xff", "编码"},
	}
	for _, tt := range tests {
		_, err := ParseCSV(strings.NewReader(tt.text))
		if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: ParseCSV() = %v, want a fault with %q", tt.name, err, tt.want)
		}
	}
}

func TestWriteCSVReadsBack(t *testing.T) {
	t.Parallel()
	want := load(t, city).All()
	var b bytes.Buffer
	if err := WriteCSV(&b, want); err != nil {
		t.Fatal(err)
	}
	got, err := ParseCSV(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(period.Date{})); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseCSV(f *testing.F) {
	f.Add([]byte(city))
	f.Add([]byte("\ufeff代码,名称,层级,上级代码,是否报送\n1,云州市,市,,否\n"))
	f.Add([]byte("code,name\n\"\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		units, err := ParseCSV(bytes.NewReader(data))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, units); err != nil {
			t.Fatal(err)
		}
		again, err := ParseCSV(&b)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if diff := cmp.Diff(units, again, cmp.AllowUnexported(period.Date{})); diff != "" {
			t.Fatal(diff)
		}
		if r, err := New(units); err == nil {
			for _, u := range units {
				r.Resolve(u.Name, "", period.Date{})
				r.Candidates(u.Name+"镇", u.Parent)
				r.Find(u.Name+"2024Q3", period.Date{})
			}
		}
	})
}
