package testkit

import (
	"fmt"
	"maps"
	"slices"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
)

// County is the code of the county that valid records belong to.
const County record.UnitCode = "990102"

// Unit returns a valid county of the invented city, changed by each of muts in turn.
func Unit(muts ...func(*record.Unit)) record.Unit {
	return with(record.Unit{Code: County, Name: "东湖区", Level: record.LevelCounty, Parent: "990100", Submitter: true}, muts)
}

// City returns the invented city with its ten counties, by code.
func City() []record.Unit {
	units := []record.Unit{{Code: "990100", Name: "云州市", Level: record.LevelCity}}
	names := map[record.UnitCode]string{
		County: "东湖区", "990103": "西岭区", "990104": "南浦区", "990105": "北屏区", "990121": "清河县", "990122": "安澜县",
		"990123": "石门县", "990124": "柏泉县", "990125": "望岚县", "990181": "松月市",
	}
	for _, code := range slices.Sorted(maps.Keys(names)) {
		units = append(units, Unit(func(u *record.Unit) { u.Code, u.Name = code, names[code] }))
	}
	return units
}

// Meeting returns a valid annual meeting of 2024 with nothing missing: held on 18 June under the head of the
// government, topics solicited in March, every agenda item held, minutes issued and reported on. Muts break it.
func Meeting(muts ...func(*record.Meeting)) record.Meeting {
	yes, one, two := true, 1, 2
	m := record.Meeting{
		Unit: County, SessionYear: 2024, Kind: record.KindAnnual, Title: "2024年度政府与工会联席会议",
		HeldOn: period.MustDate("2024-06-18"), ChairName: "林若安", ChairTitle: "区委副书记、区长", ChairRank: record.RankPrincipal,
		GovAttendees: "区政府办公室、区财政局", UnionAttendees: "区总工会", SolicitedOn: period.MustDate("2024-03-20"),
		GovTopics: &one, UnionTopics: &two, AgendaReport: &yes, AgendaTopics: &yes, AgendaDiscuss: &yes, AgendaDeploy: &yes,
		MinutesNumber: "东联纪〔2024〕1号", MinutesIssuedOn: period.MustDate("2024-07-02"), Publicity: "区融媒体中心2024-06-19", HasPublicity: true,
		Source: source("会议召开", 2, "unit", "session_year", "title", "kind", "held_on", "chair_name", "chair_title", "gov_attendees",
			"union_attendees", "solicited_on", "gov_topics", "union_topics", "joint_topics", "agenda_report", "agenda_topics",
			"agenda_discuss", "agenda_deploy", "minutes_number", "minutes_issued_on", "publicity", "remark"),
	}
	return with(m, muts)
}

// Resolution returns a valid item of the 2024 meeting with nothing missing: in progress, due at the year's end. Muts
// break it; the title's key follows the title unless a mut sets it.
func Resolution(muts ...func(*record.Resolution)) record.Resolution {
	half := 50.0
	r := record.Resolution{
		Unit: County, SessionYear: 2024, Kind: record.KindAnnual, ItemNo: "1", Title: "建成区职工服务中心", Category: "服务阵地建设",
		Proposer: record.ProposerUnion, LeadUnit: "区住房城乡建设局", SupportUnits: "区财政局", Owner: "局长", DueOn: period.MustDate("2024-12-31"),
		PlanOn: period.MustDate("2024-07-10"), Status: record.StatusInProgress, Percent: &half, Progress: "主体完工",
		Source: source("议定事项", 2, "unit", "session_year", "kind", "item_no", "title", "category", "proposer", "lead_unit",
			"support_units", "owner", "due_on", "revised_due_on", "plan_on", "status", "percent", "completed_on", "progress", "reason",
			"next_step", "remark"),
	}
	r = with(r, muts)
	if r.TitleKey == "" {
		r.TitleKey = cntext.TitleKey(r.Title)
	}
	return r
}

// Done reports an item as completed on a day.
func Done(day string) func(*record.Resolution) {
	return func(r *record.Resolution) {
		all := 100.0
		r.Status, r.Percent, r.CompletedOn = record.StatusCompleted, &all, period.MustDate(day)
	}
}

// Establishment returns a valid row of 制度建立: established in 2024 by a document of its own. Muts break it.
func Establishment(muts ...func(*record.Establishment)) record.Establishment {
	e := record.Establishment{
		Unit: County, LevelText: "县级", Established: true, EstablishedOn: period.MustDate("2024-01-15"), Document: "东政办发〔2024〕3号",
		Source: source("制度建立", 2, "unit", "level_text", "established", "established_on", "document", "remark"),
	}
	return with(e, muts)
}

// Reading returns what was read from one county's file of one quarter, to be filled by muts; it has no facts.
func Reading(quarter string, muts ...func(*record.Reading)) record.Reading {
	r := record.Reading{Reader: "test", File: "东湖区" + quarter + ".xlsx", Unit: County, Quarter: period.MustQuarter(quarter)}
	return with(r, muts)
}

func with[T any](valid T, muts []func(*T)) T {
	for _, mut := range muts {
		mut(&valid)
	}
	return valid
}

// source places a row's fields in the columns from A on.
func source(sheet string, row int, fields ...string) record.Source {
	s := record.Source{Sheet: sheet, Row: row, Cells: map[string]string{}}
	for i, f := range fields {
		s.Cells[f] = fmt.Sprintf("%c%d", 'A'+i, row)
	}
	return s
}
