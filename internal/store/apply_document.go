package store

import (
	"database/sql/driver"
	"encoding/json"

	"liandu/internal/journal"
)

func documentRows(l journal.Line) ([]tableRows, error) {
	var p DocumentIssued
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	corrects := p.Corrects
	if corrects == nil {
		corrects = []string{}
	}
	return []tableRows{{"document", [][]driver.Value{{
		l.Seq, l.At, DocumentID(l.Seq), p.Kind, p.Paper, text(string(p.Unit)), text(p.To), p.Quarter.String(), int32(p.Year), p.Regime,
		string(p.Level), p.KnownAt, text(p.Number), p.Title, date(p.DatedOn), date(p.ReplyDue), l.Actor, p.File, p.SHA256,
		p.Generated, p.Data, p.Tree, int32(p.Accepted), text(p.Reason), corrects, text(p.Again),
	}}}}, nil
}
