package rulebook

import (
	"liandu/internal/period"
	"liandu/internal/regime"
)

// NewDocument names an own regime and the city's document it stands on.
type NewDocument struct {
	ID, Name, City                     string
	Title, Number, Issuer, Note, Words string
	IssuedOn, InForceFrom              period.Date
}

// Copy starts an own regime as a copy of another: its rules, weights and lines, with every clause cited from the document
// it stands in. Words is the new document's own text, which later rules may quote; it may be empty.
func Copy(base *regime.Regime, d NewDocument) (*regime.Regime, error) {
	r, err := base.With(func(r *regime.Regime) {
		r.ID, r.Name, r.City = d.ID, d.Name, d.City
		r.Document = regime.Document{Title: d.Title, Number: d.Number, Issuer: d.Issuer, IssuedOn: d.IssuedOn, Note: d.Note}
		r.InForceFrom, r.Repeals = d.InForceFrom, ""
		r.Cite(base)
	})
	if err != nil {
		return nil, err
	}
	return regime.Parse(d.ID+".toml", r.Source(), []byte(d.Words), r.Cited()...)
}
