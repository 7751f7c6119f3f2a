package export_test

import (
	"fmt"
	"strings"
	"testing"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/testkit/golden"
	"liandu/queries"
)

// townRow is one county's own system and its townships: registered, established, new in 2024, held in 2024.
type townRow struct {
	code                      string
	own                       bool
	all, built, fresh, gather int
}

// towns are the model's numbers (papers/data.md, part 7).
var towns = []townRow{
	{"990102", true, 12, 12, 0, 12}, {"990103", true, 10, 10, 1, 9}, {"990104", true, 11, 9, 2, 7}, {"990105", true, 9, 7, 1, 4}, {"990121", true, 14, 14, 0, 12},
	{"990122", true, 13, 10, 3, 6}, {"990123", true, 15, 9, 2, 3}, {"990124", true, 12, 8, 4, 5}, {"990125", false, 8, 3, 1, 1}, {"990181", true, 16, 16, 0, 15},
}

// ofAllLevels adds the model's townships, zones and industry unions, under the rules of Shanghai 2018.
func ofAllLevels(t testing.TB) export.Dossier {
	t.Helper()
	d := dossier(t)
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Metrics.AsOf.Regime, err = regime.Find(all, "shanghai-2018"); err != nil {
		t.Fatal(err)
	}
	d.Levels = &export.Levels{}
	add := func(u record.Unit, built bool, on string, held bool) {
		d.Levels.Units = append(d.Levels.Units, u)
		if built {
			d.Levels.Established = append(d.Levels.Established, record.Establishment{Unit: u.Code, Established: true, EstablishedOn: period.MustDate(on)})
		}
		if held {
			d.Meetings = append(d.Meetings, queries.MeetingRow{Meeting: record.Meeting{Unit: u.Code, SessionYear: 2024, Kind: record.KindAnnual, HeldOn: period.MustDate("2024-08-08")}})
		}
	}
	var sum queries.Pair
	for _, row := range towns {
		u := d.Metrics.Unit(record.UnitCode(row.code))
		on := "2022-05-05"
		if row.code == "990124" {
			on = "2024-03-03"
		}
		add(u.Unit, row.own, on, false)
		pair := queries.Pair{Num: int64(row.built), Den: int64(row.all) + 1}
		if row.own {
			pair.Num++
		}
		for i := range row.all {
			on := "2021-06-06"
			if i < row.fresh {
				on = "2024-06-06"
			}
			add(record.Unit{Code: record.UnitCode(fmt.Sprintf("%s%03d", row.code, i+1)), Name: fmt.Sprintf("镇%d", i), Level: record.LevelTownship, Parent: u.Unit.Code}, i < row.built, on, i < row.gather)
		}
		u.Indicators["establishment"] = pair
		sum.Num, sum.Den = sum.Num+pair.Num, sum.Den+pair.Den
	}
	d.Metrics.Total["establishment"] = sum
	for _, z := range []struct {
		code, name string
		level      record.Level
		on         string
		held       bool
	}{
		{"990171", "云州经济技术开发区", record.LevelZone, "2023-03-03", true}, {"990172", "云州临港产业园区", record.LevelZone, "", false},
		{"990191", "云州市建筑行业工会联合会", record.LevelIndustry, "2022-02-02", true}, {"990192", "云州市道路运输行业工会联合会", record.LevelIndustry, "2024-02-02", false},
		{"990193", "云州市家政服务行业工会联合会", record.LevelIndustry, "", false},
	} {
		add(record.Unit{Code: record.UnitCode(z.code), Name: z.name, Level: z.level}, z.on != "", or(z.on, "2020-01-01"), z.held)
	}
	for k, v := range map[string]string{
		"annual.office": "云州市政府与工会联席会议协调小组办公室", "annual.number": "云联席办〔2025〕3号", "annual.to": "协调小组各位领导、各成员单位",
		"annual.copy": "各县（市、区）人民政府、总工会", "annual.line": "70", "annual.establish": "2025-06-30", "annual.plan": "2025-09-30",
	} {
		d.Settings[k] = v
	}
	d.IssuedOn = period.MustDate("2025-02-28")
	return d
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func TestAnnualNotice(t *testing.T) {
	t.Parallel()
	o, err := ofAllLevels(t).AnnualNotice()
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "annual_notice.txt", o.Text())
	for _, want := range []string{ // the model's own sentences
		"全市10个县（市、区）中，9个已建立联席会议制度，其中2024年新建1个（柏泉县），未建立1个（望岚县）。",
		"120个乡镇（街道）中，98个已建立，建制率81.7%，其中2024年新建14个；未建立22个。东湖区、西岭区、清河县和松月市的乡镇（街道）全部建立。县、乡两级合计130个，已建立107个，建制率82.3%。",
		"10个县（市、区）中，2024年度召开联席会议7个，其中按期召开6个、延迟召开1个；以其他会议代替1个（北屏区）；未召开2个（石门县、望岚县）。",
		"98个乡镇（街道）中，2024年召开74个，占75.5%；未召开24个。",
		"乡镇（街道）建制率低于70.0%的有3个县，分别为望岚县（8个中已建立3个）、石门县（15个中已建立9个，占60.0%）、柏泉县（12个中已建立8个，占66.7%）。",
		"24个2024年未召开会议，其中石门县6个、安澜县4个、北屏区3个和柏泉县3个。",
	} {
		if !strings.Contains(o.Text(), want) {
			t.Errorf("the notice lacks %q", want)
		}
	}
	for _, d := range proof(t, o, fileOf(t, o)) {
		t.Errorf("an untouched paper: %+v", d)
	}
}

// A regime that asks for no establishment is told the facts and asked for nothing; a count that is not the rate's refuses.
func TestAnnualNoticeWithoutARuleOfEstablishment(t *testing.T) {
	t.Parallel()
	d := ofAllLevels(t)
	d.Metrics.AsOf.Regime = rules(t)
	own := queries.Pair{}
	for i := range d.Metrics.Units {
		u := &d.Metrics.Units[i]
		p := queries.Pair{Den: 1}
		if u.Unit.Code != "990125" {
			p.Num = 1
		}
		u.Indicators["establishment"] = p
		own.Num, own.Den = own.Num+p.Num, own.Den+p.Den
	}
	d.Metrics.Total["establishment"] = own
	delete(d.Settings, "annual.establish")
	delete(d.Settings, "annual.office")
	o, err := d.AnnualNotice()
	if err != nil {
		t.Fatal(err)
	}
	text := o.Text()
	if strings.Contains(text, "前建立联席会议制度") || strings.Contains(text, "八（四）") || !strings.Contains(text, "云州市总工会文件") {
		t.Errorf("%s", text)
	}
	d.Metrics.Total["establishment"] = queries.Pair{Num: 10, Den: 10}
	if _, err := d.AnnualNotice(); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a rate of its own: %v", err)
	}
	d.Metrics.Total["establishment"] = own
	d.Metrics.AsOf.Quarter = period.MustQuarter("2024Q3")
	if _, err := d.AnnualNotice(); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a year that is not over: %v", err)
	}
}
