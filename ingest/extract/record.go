package extract

import "liandu/internal/record"

// Names of the spans that no fact of interface.md has.
const (
	spanSaidItems   = "said_items"
	spanSaidEarlier = "said_earlier"
)

// Record returns the extraction as it is kept beside the original.
func (e Extraction) Record() *record.ReportRead {
	r := &record.ReportRead{
		Text: string(e.given), Kind: string(e.Kind), UnitText: e.Unit, SessionYear: e.SessionYear, Ordinal: e.Ordinal, HeldOn: e.HeldOn,
		ChairName: e.ChairName, ChairTitle: e.ChairTitle, ChairRank: e.ChairRank, ChairDelegated: e.ChairDelegated,
		PrincipalPresent: e.PrincipalPresent, Topics: e.Topics, TopicsCount: e.TopicsCount, ReportBack: e.ReportBack,
		SaidItems: e.said.resolutions, SaidEarlier: e.said.earlier, Spans: map[string][2]int{}, Doubts: e.Doubts,
	}
	for _, x := range e.Resolutions {
		r.Resolutions = append(r.Resolutions, record.ReportItem{
			Title: x.Title, LeadUnit: deref(x.LeadUnit), Owner: deref(x.Owner), DueOn: x.DueOn, DueText: deref(x.DueText),
		})
	}
	for name, s := range e.Spans {
		r.Spans[name] = s
	}
	if e.said.resolutions != 0 {
		r.Spans[spanSaidItems] = e.said.resolutionsAt
	}
	if e.said.earlier != 0 {
		r.Spans[spanSaidEarlier] = e.said.earlierAt
	}
	return r
}

// Restore is the way back from Record.
func Restore(r *record.ReportRead) Extraction {
	e := Extraction{
		Kind: Kind(r.Kind), Unit: r.UnitText, SessionYear: r.SessionYear, Ordinal: r.Ordinal, HeldOn: r.HeldOn,
		ChairName: r.ChairName, ChairTitle: r.ChairTitle, ChairRank: r.ChairRank, ChairDelegated: r.ChairDelegated,
		PrincipalPresent: r.PrincipalPresent, Topics: r.Topics, TopicsCount: r.TopicsCount, ReportBack: r.ReportBack,
		Spans: map[string]Span{}, Doubts: r.Doubts, given: []rune(r.Text),
	}
	for i, x := range r.Resolutions {
		e.Resolutions = append(e.Resolutions, Resolution{
			Item: i + 1, Title: x.Title, LeadUnit: orNull(x.LeadUnit), Owner: orNull(x.Owner), DueOn: x.DueOn, DueText: orNull(x.DueText),
		})
	}
	for name, s := range r.Spans {
		e.Spans[name] = s
	}
	e.said = said{resolutions: r.SaidItems, earlier: r.SaidEarlier, resolutionsAt: e.Spans[spanSaidItems], earlierAt: e.Spans[spanSaidEarlier]}
	return e
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
