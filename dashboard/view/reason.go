package view

import (
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// ReasonShown is a reason given, as it is shown with the figures that rest on the file.
type ReasonShown struct {
	Where, Href string
	Message     string
	Text        string
	Who         string
}

// reasonsShown lists the reasons given for a file, each with the place it is about.
func reasonsShown(a Address, names map[string]string, list []queries.Reason) []ReasonShown {
	var out []ReasonShown
	for _, r := range list {
		x := ReasonShown{Where: "整个文件", Message: "受理使已公布的数字变动", Text: r.Text, Who: personName(names, r.Actor)}
		if r.No > 0 {
			x.Where, x.Message = joinNonEmpty(" ", r.Problem.Sheet, r.Problem.Cell), r.Problem.Message
			if r.Problem.Cell != "" {
				x.Href = a.Source(r.Submission, r.Problem.Sheet, r.Problem.Cell)
			}
		}
		out = append(out, x)
	}
	return out
}

// RestsOn lists the submissions and sheets that a number's rows come from.
func (in ExplainInput) RestsOn() map[string][]string {
	on := map[string][]string{}
	i, _ := indicatorOf(in.Indicator)
	switch i.Kind {
	case kindMeeting:
		for _, m := range in.Meetings {
			on[m.Submission] = append(on[m.Submission], m.Source.Sheet)
		}
	case kindItem:
		for _, r := range in.Items {
			on[r.Submission] = append(on[r.Submission], r.Source.Sheet)
		}
	case kindEstablishment:
		for _, e := range in.Established {
			on[e.Submission] = append(on[e.Submission], e.Sheet)
		}
	case kindSubmission:
		for _, s := range in.Sent {
			if in.Unit == nil || s.Unit.Code == in.Unit.Code {
				on[s.Submission] = nil
			}
		}
	}
	delete(on, "")
	return on
}

// reasonsFor keeps the reasons about the sheets that a number rests on, and those about a file as a whole.
func reasonsFor(in ExplainInput) []ReasonShown {
	on := in.RestsOn()
	var kept []queries.Reason
	for _, r := range in.Reasons {
		if sheets, ok := on[r.Submission]; ok && (r.No == 0 || contains(sheets, r.Problem.Sheet)) {
			kept = append(kept, r)
		}
	}
	return reasonsShown(in.Address, in.Names, kept)
}

// reasonText is what officers wrote about a row's cells, and about its file as a whole, for an export.
func reasonText(reasons []queries.Reason, submission string, source record.Source) string {
	var parts []string
	for _, r := range reasons {
		if r.Submission != submission {
			continue
		}
		if _, row := parseRef(r.Problem.Cell); r.No == 0 || r.Problem.Sheet == source.Sheet && row == source.Row {
			parts = append(parts, r.Text)
		}
	}
	return strings.Join(parts, "；")
}
