package issue

import (
	"slices"

	"liandu/dashboard/export"
	"liandu/internal/record"
	"liandu/queries"
)

// named returns the dossier with its units called as they were in another registry: a unit that was renamed since keeps
// the name it has in an issued paper (grammar, R6). The answers it was gathered from are shared and stay as they are.
func named(from export.Dossier, registry []record.Unit) export.Dossier {
	names := map[record.UnitCode]string{}
	for _, u := range registry {
		names[u.Code] = u.Name
	}
	of := func(code record.UnitCode, name string) string {
		if was := names[code]; was != "" {
			return was
		}
		return name
	}
	metrics := func(m *queries.Metrics) *queries.Metrics {
		if m == nil {
			return nil
		}
		out := *m
		out.Units = slices.Clone(m.Units)
		for i := range out.Units {
			u := &out.Units[i].Unit
			u.Name = of(u.Code, u.Name)
		}
		return &out
	}
	items := func(rows []queries.ResolutionRow) []queries.ResolutionRow {
		out := slices.Clone(rows)
		for i := range out {
			out[i].UnitName = of(out[i].Unit, out[i].UnitName)
		}
		return out
	}
	sent := func(rows []queries.SentRow) []queries.SentRow {
		out := slices.Clone(rows)
		for i := range out {
			out[i].Unit.Name = of(out[i].Unit.Code, out[i].Unit.Name)
		}
		return out
	}
	from.Metrics, from.Before, from.YearAgo, from.PreviousYear = metrics(from.Metrics), metrics(from.Before), metrics(from.YearAgo), metrics(from.PreviousYear)
	from.Resolutions, from.BeforeItems = items(from.Resolutions), items(from.BeforeItems)
	from.Sent, from.PreviousSent = sent(from.Sent), sent(from.PreviousSent)
	from.Findings = slices.Clone(from.Findings)
	for i := range from.Findings {
		u := &from.Findings[i].Unit
		u.Name = of(u.Code, u.Name)
	}
	from.Meetings = slices.Clone(from.Meetings)
	for i := range from.Meetings {
		from.Meetings[i].UnitName = of(from.Meetings[i].Unit, from.Meetings[i].UnitName)
	}
	if from.Levels != nil {
		levels := *from.Levels
		levels.Units = slices.Clone(levels.Units)
		for i := range levels.Units {
			levels.Units[i].Name = of(levels.Units[i].Code, levels.Units[i].Name)
		}
		from.Levels = &levels
	}
	return from
}
