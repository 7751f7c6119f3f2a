package queries

import "liandu/internal/regime"

// Direction says which way is better.
type Direction int

// The directions.
const (
	HigherIsBetter Direction = iota
	LowerIsBetter
)

// Group says what an indicator counts, and so what its rows are when it is opened.
type Group string

// The groups.
const (
	GroupMeeting       Group = "meeting"
	GroupResolution    Group = "resolution"
	GroupEstablishment Group = "establishment"
	GroupSubmission    Group = "submission"
)

// Indicator is one entry of the register. Word is the measure word of its denominator: 个, 次, 项, 份.
type Indicator struct {
	ID     string
	Name   string
	Better Direction
	Word   string
	Group  Group
}

// Indicators returns the register in the order of metrics.md; a test ties it to the files in metric/.
func Indicators() []Indicator {
	return []Indicator{
		indicator("annual_meeting_held", HigherIsBetter, "个", GroupMeeting),
		indicator("held_on_time", HigherIsBetter, "个", GroupMeeting),
		indicator("chaired_by_principal", HigherIsBetter, "个", GroupMeeting),
		indicator("chair_meets_rule", HigherIsBetter, "个", GroupMeeting),
		indicator("agenda_complete", HigherIsBetter, "次", GroupMeeting),
		indicator("topic_lead_time", HigherIsBetter, "次", GroupMeeting),
		indicator("minutes_issued", HigherIsBetter, "次", GroupMeeting),
		indicator("publicity", HigherIsBetter, "次", GroupMeeting),
		indicator("report_back", HigherIsBetter, "次", GroupMeeting),
		indicator("resolution_completion", HigherIsBetter, "项", GroupResolution),
		indicator("resolution_closed", HigherIsBetter, "项", GroupResolution),
		indicator("resolution_on_time", HigherIsBetter, "项", GroupResolution),
		indicator("resolution_overdue", LowerIsBetter, "项", GroupResolution),
		indicator("implementation_plan", HigherIsBetter, "项", GroupResolution),
		indicator("accountability", HigherIsBetter, "项", GroupResolution),
		indicator("establishment", HigherIsBetter, "个", GroupEstablishment),
		indicator("submission_on_time", HigherIsBetter, "份", GroupSubmission),
	}
}

// IndicatorOf returns the register's entry of an id and whether there is one.
func IndicatorOf(id string) (Indicator, bool) {
	for _, i := range Indicators() {
		if i.ID == id {
			return i, true
		}
	}
	return Indicator{}, false
}

func indicator(id string, better Direction, word string, group Group) Indicator {
	return Indicator{ID: id, Name: regime.IndicatorName(id), Better: better, Word: word, Group: group}
}
