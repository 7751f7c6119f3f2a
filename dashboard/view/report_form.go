package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
)

// MostReportItems bounds the items of one form.
const MostReportItems = 60

// blankItems is how many empty lines a form offers beyond those read.
const blankItems = 2

// ReportForm is a report's facts in a form, as typed or as read; unknown is empty. The lists of choices are filled in by
// With.
type ReportForm struct {
	Unit, Quarter, Kind, Report        string
	Units, Quarters, Kinds, ReportBack []Option
	SessionYear, HeldOn                string
	ChairName, ChairTitle              string
	GovAttendees, UnionAttendees       string
	GovTopics, UnionTopics             string
	JointTopics                        string
	Items                              []ReportFormItem
	Replace                            bool
	Words                              string
}

// ReportFormItem is one 议定事项 in a form.
type ReportFormItem struct {
	No                      int
	Title, Lead, Owner, Due string
	Status                  string
	States                  []Option
	Drop                    bool
	Anchor                  string
}

// ReadForm fills a form with what was read. A text seldom tells who brought a topic: the numbers by side stay empty and the
// topics stand beside them.
func ReadForm(r *record.ReportRead, q period.Quarter) ReportForm {
	f := ReportForm{
		Unit: string(r.Unit), Quarter: q.String(), SessionYear: yearText(r.SessionYear), HeldOn: r.HeldOn.String(), ChairName: r.ChairName, ChairTitle: r.ChairTitle,
	}
	if kind := record.MeetingKind(r.Kind); kind.Chinese() != "" {
		f.Kind = r.Kind
	}
	if r.ReportBack != nil {
		f.Report = map[bool]string{true: "yes", false: "no"}[*r.ReportBack]
	}
	for i, x := range r.Resolutions {
		if i >= MostReportItems-blankItems {
			break
		}
		due := x.DueOn.String()
		if due == "" {
			due = x.DueText
		}
		item := ReportFormItem{Title: x.Title, Lead: x.LeadUnit, Owner: x.Owner, Due: due}
		if at, ok := r.Spans[fmt.Sprintf("resolutions[%d]", i)]; ok {
			item.Anchor = anchorAt(at[0])
		}
		f.Items = append(f.Items, item)
	}
	for range blankItems {
		f.Items = append(f.Items, ReportFormItem{})
	}
	return f
}

func yearText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// With adds the choices: every unit, submitters first with those below them, and the quarters that have reports and the one
// chosen.
func (f ReportForm) With(units []record.Unit, quarters []period.Quarter) ReportForm {
	f.Units = []Option{{Value: "", Text: "请选择"}}
	for _, u := range units {
		if u.Level != record.LevelCity || string(u.Code) == f.Unit {
			f.Units = append(f.Units, Option{string(u.Code), u.Name, string(u.Code) == f.Unit})
		}
	}
	f.Quarters = []Option{{Value: "", Text: "请选择"}}
	if q, err := period.ParseQuarter(f.Quarter); err == nil && !slices.Contains(quarters, q) {
		quarters = append(slices.Clone(quarters), q)
		slices.SortFunc(quarters, period.Quarter.Compare)
	}
	for _, q := range slices.Backward(quarters) {
		f.Quarters = append(f.Quarters, Option{q.String(), q.Chinese(), q.String() == f.Quarter})
	}
	f.Kinds = []Option{{Value: "", Text: "请选择"}}
	for _, k := range []record.MeetingKind{record.KindAnnual, record.KindExtraordinary, record.KindSubstitute} {
		f.Kinds = append(f.Kinds, Option{string(k), k.Chinese(), string(k) == f.Kind})
	}
	for _, o := range []Option{{Value: "", Text: "文中未载明"}, {Value: "yes", Text: "是"}, {Value: "no", Text: "否"}} {
		o.Selected = o.Value == f.Report
		f.ReportBack = append(f.ReportBack, o)
	}
	f.Items = slices.Clone(f.Items)
	for i := range f.Items {
		x := &f.Items[i]
		x.No = i + 1
		x.States = []Option{{Value: "", Text: "请选择"}}
		for _, s := range []record.ItemStatus{record.StatusNotStarted, record.StatusInProgress, record.StatusCompleted, record.StatusOngoing, record.StatusCancelled} {
			x.States = append(x.States, Option{string(s), s.Chinese(), string(s) == x.Status})
		}
	}
	return f
}

// topicsRead is 「3 个：甲；乙；丙」, "" where the text names none.
func topicsRead(r *record.ReportRead) string {
	if r.TopicsCount == nil && len(r.Topics) == 0 {
		return ""
	}
	n := "数目未定"
	if r.TopicsCount != nil {
		n = strconv.Itoa(*r.TopicsCount) + " 个"
	}
	if len(r.Topics) == 0 {
		return "文中说有 " + n + "，没有列出"
	}
	return "文中 " + n + "：" + strings.Join(r.Topics, "；")
}
