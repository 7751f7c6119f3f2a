package registry

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// city is an invented city with every kind of unit and name that needs care.
const city = `code,name,level,parent,submitter,aliases,valid_from,valid_to,successor
990100,云州市,city,,0,,,,
990102,桐屯区,county,990100,1,,,,
990103,鹿戴河区,county,990100,1,,,,
990122,鹿塘县,county,990100,1,,,,
990123,鹭屯县,county,990100,1,泉渡县,,,
990125,榆桥市,county,990100,1,,,,
990126,岭隐回族自治县,county,990100,1,,,,
990130,雁前旗,county,990100,1,前旗,,,
990131,柏前旗,county,990100,1,前旗,,,
990132,杭柏后旗,county,990100,1,,,,
990133,杭柏旗,county,990100,1,,,,
990140,枫县,county,990100,1,,,2015-02-15,990141
990141,枫州区,county,990100,1,,2015-02-16,,
990142,涧县,county,990100,1,,,2019-12-31,
990171,峪坡经济技术开发区,zone,990100,1,峪坡开发,,,
990172,鹿戴河新区,zone,990100,1,,,,
990181,云州市教育工会,industry,990100,1,教育工会,,,
990122001,鹿湾镇,township,990122,0,,,,
990122002,松坡镇,township,990122,0,,,,
990122003,城关镇,township,990122,0,,,,
990122004,松湾街道,township,990122,0,,,,
990122005,鹿塘镇,township,990122,0,,,,
990123001,城关镇,township,990123,0,,,,
990123002,潭坪街道办事处,township,990123,0,,,,
990126001,岭坡满族乡,township,990126,0,,,,
990141001,雁渡镇,township,990141,0,,,,
990140002,雁回镇,township,990140,0,,,,
`

func load(t *testing.T, text string) *Registry {
	t.Helper()
	r, err := Load(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResolve(t *testing.T) {
	t.Parallel()
	r := load(t, city)
	today := period.MustDate("2024-09-30")
	tests := []struct {
		name   string
		within record.UnitCode
		want   record.UnitCode
		how    How
	}{
		{"桐屯区", "", "990102", HowName}, {" 桐 屯 区 ", "", "990102", HowName}, {"桐屯區", "", "990102", HowName}, {"桐屯區(qū)", "", "990102", HowName},
		{"桐屯\u3000区\u200b", "", "990102", HowName}, {"云州市", "", "990100", HowName},
		{"泉渡县", "", "990123", HowAlias}, {"峪坡开发", "", "990171", HowAlias}, {"教育工会", "", "990181", HowAlias}, {"云州市教育工会", "", "990181", HowName},
		{"云州市桐屯区", "", "990102", HowVariant}, {"云州桐屯区", "", "990102", HowVariant}, {"桐屯", "", "990102", HowVariant},
		{"云州市桐屯区总工会", "", "990102", HowVariant}, {"桐屯区总工会", "", "990102", HowVariant}, {"桐屯区人民政府", "", "990102", HowVariant},
		{"桐屯区政府", "", "990102", HowVariant}, {"桐屯区政府办公室", "", "990102", HowVariant}, {"桐屯区（本级）", "", "990102", HowVariant},
		{"某某省云州市桐屯区", "", "990102", HowVariant}, {"云州市总工会", "", "990100", HowVariant}, {"泉渡", "", "990123", HowVariant},
		{"岭隐县", "", "990126", HowVariant}, {"岭隐", "", "990126", HowVariant}, {"岭隐自治县", "", "990126", HowVariant}, {"云州市岭隐回族自治县", "", "990126", HowVariant},
		{"榆桥", "", "990125", HowVariant}, {"鹿戴河", "", "990103", HowVariant}, {"鹿戴河新区", "", "990172", HowName}, {"鹿戴河新区管委会", "", "990172", HowVariant},
		{"杭柏后旗", "", "990132", HowName}, {"杭柏旗", "", "990133", HowName}, {"杭柏", "", "990133", HowVariant}, {"杭柏后", "", "990132", HowVariant},
		{"经济技术开发区", "", "990171", HowVariant}, {"经开区", "", "990171", HowVariant}, {"开发区", "", "990171", HowVariant}, {"峪坡经开区", "", "990171", HowVariant},
		{"峪坡开发区管委会", "", "990171", HowVariant}, {"云州经济技术开发区", "", "990171", HowVariant}, {"云州市经开区", "", "990171", HowVariant},
		{"松坡镇", "990122", "990122002", HowName}, {"鹿塘县松坡镇", "", "990122002", HowVariant}, {"云州市鹿塘县松坡镇", "", "990122002", HowVariant},
		{"鹿塘松坡镇", "", "990122002", HowVariant}, {"松坡", "", "990122002", HowVariant}, {"松坡镇人民政府", "990122", "990122002", HowVariant},
		{"松湾街道办事处", "990122", "990122004", HowVariant}, {"松湾街道办", "990122", "990122004", HowVariant}, {"松湾", "990122", "990122004", HowVariant},
		{"潭坪街道", "990123", "990123002", HowVariant}, {"鹭屯县潭坪街道", "", "990123002", HowVariant}, {"岭坡乡", "990126", "990126001", HowVariant},
		{"城关镇", "990122", "990122003", HowName}, {"城关镇", "990123", "990123001", HowName}, {"城关", "990123", "990123001", HowVariant},
		{"鹭屯县城关镇", "", "990123001", HowVariant}, {"鹭屯县城关镇", "990122", "990123001", HowVariant}, {"鹭屯县", "990122", "990123", HowName},
		{"鹿塘", "", "990122", HowVariant}, {"鹿塘", "990122", "990122", HowVariant}, {"鹿塘镇", "", "990122005", HowName}, {"鹿塘县鹿塘", "", "990122005", HowVariant},
		{"枫县", "", "990141", HowFormer}, {"枫州", "", "990141", HowVariant}, {"枫县雁渡镇", "", "990141001", HowVariant},
		{"雁回镇", "990141", "990140002", HowName}, {"枫州区雁渡镇", "", "990141001", HowVariant},
	}
	for _, tt := range tests {
		got, ok := r.Resolve(tt.name, tt.within, today)
		if !ok || got.Unit.Code != tt.want || got.How != tt.how {
			t.Errorf("Resolve(%q, %q) = %s %s, %v, want %s %s", tt.name, tt.within, got.Unit.Code, got.How, ok, tt.want, tt.how)
		}
		if (got.Note == "") != (tt.how == HowName) {
			t.Errorf("Resolve(%q).Note = %q for %s", tt.name, got.Note, tt.how)
		}
	}
}

// Who reports can only be a submitter, so a town of the same short name elsewhere is no rival.
func TestResolveSubmitter(t *testing.T) {
	t.Parallel()
	r := load(t, city+"990122006,桐屯镇,township,990122,0,,,,\n")
	if got, ok := r.Resolve("桐屯", "", period.Date{}); ok {
		t.Errorf("Resolve(桐屯) = %s, want refused", got.Unit.Code)
	}
	for name, want := range map[string]record.UnitCode{"桐屯": "990102", "桐屯区": "990102", "松坡镇": "990122002", "桐屯镇": "990122006", "前旗": "", "城关镇": ""} {
		got, ok := r.ResolveSubmitter(name, "", period.Date{})
		if ok != (want != "") || got.Unit.Code != want {
			t.Errorf("ResolveSubmitter(%q) = %s, %v, want %q", name, got.Unit.Code, ok, want)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	t.Parallel()
	r := load(t, city)
	today := period.MustDate("2024-09-30")
	for _, name := range []string{
		"", "—", "城关镇", "城关", "前旗", "后旗", "戴河", "鹿戴河新", "石州市桐屯区", "榆桥镇", "榆垭县松坡镇", "鹭屯县松坡镇", "涧县", "总工会", "市总工会",
		"区", "县", "桐屯区鹿塘县", "桐屯区桐屯区", "全市",
		strings.Repeat("云州市", 30),
	} {
		if got, ok := r.Resolve(name, "", today); ok {
			t.Errorf("Resolve(%q) = %s %s, true, want refused", name, got.Unit.Code, got.How)
		}
	}
	if got, ok := r.Resolve("枫州区", "", period.MustDate("2014-06-30")); ok {
		t.Errorf("Resolve(枫州区) before it began = %s, want refused", got.Unit.Code)
	}
	if got, ok := r.Resolve("枫县", "", period.MustDate("2014-06-30")); !ok || got.Unit.Code != "990140" || got.How != HowName {
		t.Errorf("Resolve(枫县) while it lasted = %+v, %v, want itself", got, ok)
	}
	if got, ok := r.Resolve("枫县", "", period.MustDate("2015-02-15")); !ok || got.Unit.Code != "990140" {
		t.Errorf("Resolve(枫县) on its last day = %+v, %v, want itself", got, ok)
	}
}

func TestOnlyZone(t *testing.T) {
	t.Parallel()
	r := load(t, city+"990173,枫湾经济开发区,zone,990100,1,,,,\n")
	for name, want := range map[string]record.UnitCode{"经济技术开发区": "990171", "经济开发区": "990173", "枫湾经开区": "990173", "峪坡经开区": "990171"} {
		if got, ok := r.Resolve(name, "", period.Date{}); !ok || got.Unit.Code != want {
			t.Errorf("Resolve(%q) = %+v, %v, want %s", name, got.Unit, ok, want)
		}
	}
	for _, name := range []string{"经开区", "开发区"} {
		if got, ok := r.Resolve(name, "", period.Date{}); ok {
			t.Errorf("Resolve(%q) with two zones = %s, want refused", name, got.Unit.Code)
		}
		if c := r.Candidates(name, ""); len(c) != 2 {
			t.Errorf("Candidates(%q) = %v, want both zones", name, c)
		}
	}
}

// A county may be called as its city is: the bare name is then nobody's.
func TestCountyNamedAsItsCity(t *testing.T) {
	t.Parallel()
	r := load(t, city+"990150,云州区,county,990100,1,,,,\n990150001,云州街道,township,990150,0,,,,\n")
	if got, ok := r.Resolve("云州", "", period.Date{}); ok {
		t.Errorf("Resolve(云州) = %s, want refused", got.Unit.Code)
	}
	for name, want := range map[string]record.UnitCode{"云州市": "990100", "云州区": "990150", "云州市云州区": "990150", "云州区总工会": "990150", "云州街道": "990150001"} {
		if got, ok := r.Resolve(name, "", period.Date{}); !ok || got.Unit.Code != want {
			t.Errorf("Resolve(%q) = %s, %v, want %s", name, got.Unit.Code, ok, want)
		}
	}
}

func TestCandidates(t *testing.T) {
	t.Parallel()
	r := load(t, city)
	tests := []struct {
		name   string
		within record.UnitCode
		first  record.UnitCode
		count  int // 0: any
	}{
		{"城关镇", "", "990122003", 2}, {"前旗", "", "990130", 2}, {"松破镇", "990122", "990122002", 0}, {"桐囤区", "", "990102", 0}, {"涧县", "", "990142", 1},
		{"鹿塘县松破镇", "", "990122002", 0}, {"岭隐回簇自治县", "", "990126", 0},
		{"峪坡", "", "990171", 1},
		{"涧县总工会", "", "990142", 1}, {"桐囤区总工会", "", "990102", 0},
	}
	for _, tt := range tests {
		got := r.Candidates(tt.name, tt.within)
		if len(got) == 0 || got[0].Unit.Code != tt.first || tt.count > 0 && len(got) != tt.count {
			t.Errorf("Candidates(%q, %q) = %+v, want first %s, count %d", tt.name, tt.within, got, tt.first, tt.count)
		}
		if Suggestion(got) == "" {
			t.Errorf("Suggestion for %q is empty", tt.name)
		}
	}
	if got := r.Candidates("云雾山镇", "990122"); len(got) != 0 {
		t.Errorf("Candidates(云雾山镇) = %+v, want none", got)
	}
	if got := r.Candidates("火星分会", ""); len(got) != 0 || Suggestion(got) != "" {
		t.Errorf("Candidates(火星分会) = %+v, want none", got)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	r := load(t, city)
	today := period.MustDate("2024-09-30")
	tests := []struct {
		text string
		want record.UnitCode
	}{
		{"01_鹿塘县2023年第一季度联席会议报表.xlsx", "990122"}, {"云州市桐屯区2024年三季度.xlsx", "990102"}, {"桐屯_2024Q3.xlsx", "990102"},
		{"杭柏后旗2024年第三季度报表", "990132"}, {"鹿戴河新区2024Q3", "990172"}, {"鹿塘县松坡镇2024Q3", "990122"}, {"峪坡经济技术开发区2024Q3", "990171"},
		{"鹿塘縣2024Q3", "990122"}, {"枫县2024年第三季度.xls", "990141"}, {"桐屯区（桐屯）2024Q3", "990102"}, {"岭隐回族自治县2023年第四季度联席会议报表.xlsx", "990126"},
		{"云州市2024年第三季度报表.xlsx", ""}, {"2024Q3.xlsx", ""}, {"桐屯区、鹿塘县2024Q3", ""}, {"前旗2024Q3", ""}, {"", ""},
	}
	for _, tt := range tests {
		got, ok := r.Find(tt.text, today)
		if ok != (tt.want != "") || got.Unit.Code != tt.want {
			t.Errorf("Find(%q) = %s, %v, want %q", tt.text, got.Unit.Code, ok, tt.want)
		}
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	r := load(t, city)
	if got := r.City().Code; got != "990100" {
		t.Errorf("City() = %s", got)
	}
	if diff := cmp.Diff([]record.UnitCode{"990123", "990123001", "990123002"}, r.Under("990123")); diff != "" {
		t.Errorf("Under(990123): %s", diff)
	}
	if got := len(r.Under("990100")); got != len(r.All()) {
		t.Errorf("Under(city) has %d units, want all %d", got, len(r.All()))
	}
	if r.Under("1") != nil || len(r.Children("1")) != 0 {
		t.Error("an unknown code has units below it")
	}
	if got := len(r.Children("990122")); got != 5 {
		t.Errorf("Children(990122) has %d units, want 5", got)
	}
	if got := len(r.At(record.LevelZone)); got != 2 {
		t.Errorf("At(zone) has %d units, want 2", got)
	}
	if u, ok := r.Submitter("990122002"); !ok || u.Code != "990122" {
		t.Errorf("Submitter(990122002) = %s, %v", u.Code, ok)
	}
	if u, ok := r.Submitter("990122"); !ok || u.Code != "990122" {
		t.Errorf("Submitter(990122) = %s, %v", u.Code, ok)
	}
	if u, ok := r.Submitter("990100"); ok {
		t.Errorf("Submitter(city) = %s, want none", u.Code)
	}
	if got := r.FullName("990122002"); got != "鹿塘县松坡镇" {
		t.Errorf("FullName = %q", got)
	}
	if !r.IsUnder("990122002", "990122") || r.IsUnder("990122", "990122002") || r.IsUnder("990122002", "990123") || !r.IsUnder("990122", "") ||
		!r.IsUnder("990140002", "990141") || r.IsUnder("990140", "990141") {
		t.Error("IsUnder is wrong")
	}
}

func TestCurrent(t *testing.T) {
	t.Parallel()
	r := load(t, `code,name,level,parent,submitter,valid_from,valid_to,successor
1,云州市,city,,0,,,
2,甲县,county,1,1,,2010-12-31,3
3,乙县,county,1,1,2011-01-01,2020-12-31,4
4,丙区,county,1,1,2021-01-01,,
5,丁县,county,1,1,,2020-12-31,
`)
	tests := []struct {
		code record.UnitCode
		on   string
		want record.UnitCode
	}{
		{"2", "2010-12-31", "2"}, {"2", "2011-01-01", "3"}, {"2", "2020-12-31", "3"}, {"2", "2021-01-01", "4"}, {"2", "", "4"}, {"4", "", "4"},
		{"5", "2020-12-31", "5"}, {"5", "2021-01-01", ""}, {"5", "", ""}, {"9", "", ""},
	}
	for _, tt := range tests {
		on, _ := period.ParseDate(tt.on)
		got, ok := r.Current(tt.code, on)
		if ok != (tt.want != "") || got.Code != tt.want {
			t.Errorf("Current(%s, %s) = %s, %v, want %q", tt.code, tt.on, got.Code, ok, tt.want)
		}
	}
	var codes []record.UnitCode
	for _, u := range r.Predecessors("4") {
		codes = append(codes, u.Code)
	}
	if diff := cmp.Diff([]record.UnitCode{"2", "3"}, codes); diff != "" {
		t.Errorf("Predecessors(4): %s", diff)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	const head = "code,name,level,parent,submitter,aliases,valid_from,valid_to,successor\n1,云州市,city,,0,,,,\n"
	tests := []struct{ name, rows, want string }{
		{"code twice", "2,甲县,county,1,1,,,,\n2,乙县,county,1,1,,,,\n", "第 4 行「2 乙县」的代码 2 与第 3 行「2 甲县」重复"},
		{"unknown parent", "2,甲县,county,9,1,,,,\n", "第 3 行「2 甲县」的上级 9 不在清单中"},
		{"no parent", "2,甲县,county,,1,,,,\n", "第 3 行「2 甲县」没有上级"},
		{"two cities", "2,石州市,city,,0,,,,\n", "有且只有一个"},
		{"circle", "2,甲县,county,3,1,,,,\n3,乙县,county,2,1,,,,\n", "成了环"},
		{"own parent", "2,甲县,county,2,1,,,,\n", "成了环"},
		{"below a township", "2,甲县,county,1,1,,,,\n3,乙镇,township,2,0,,,,\n4,丙村,township,3,0,,,,\n", "第 5 行「4 丙村」的上级「乙镇」"},
		{"unknown successor", "2,甲县,county,1,1,,,2020-12-31,7\n", "承继单位 7 不在清单中"},
		{"successor without end", "2,甲县,county,1,1,,,,3\n3,乙区,county,1,1,,,,\n", "没有停用日期"},
		{"successor circle", "2,甲县,county,1,1,,,2020-12-31,3\n3,乙区,county,1,1,,,2021-12-31,2\n", "承继关系成了环"},
		{"ends before it begins", "2,甲县,county,1,1,,2021-01-01,2020-12-31,\n", "早于启用日期"},
		{"same name", "2,甲县,county,1,1,,,,\n3,甲縣,county,1,1,,,,\n", "名称、上级都相同"},
	}
	for _, tt := range tests {
		_, err := Load(strings.NewReader(head + tt.rows))
		if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Load() = %v, want a fault with %q", tt.name, err, tt.want)
		}
	}
	if _, err := New(nil); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("New(nil) = %v, want a fault", err)
	}
	_, err := New([]record.Unit{{Code: "1", Name: "云州市", Level: "nation"}})
	if err == nil || !strings.Contains(err.Error(), "单位「1 云州市」的层级「nation」") {
		t.Errorf("New with an unknown level = %v", err)
	}
}
