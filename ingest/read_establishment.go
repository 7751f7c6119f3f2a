package ingest

import "liandu/internal/record"

// readEstablishments reads the rows of a 制度建立 table. A row with an error is kept too, with what could be read:
// the file is rejected anyway, and its other rows are judged against it.
func readEstablishments(s scope, t *table, p *problems) []record.Establishment {
	var out []record.Establishment
	missingColumns(t, p)
	for i := range t.rows {
		out = append(out, readEstablishment(newRow(s, t, i, p)))
	}
	return out
}

func readEstablishment(r *rowReader) record.Establishment {
	e := record.Establishment{Source: r.source}
	unit, _ := r.unit("unit")
	e.Unit = unit.Code
	e.LevelText = r.text("level_text")
	established, _ := r.tick("established")
	e.Established = established != nil && *established
	e.EstablishedOn, _, _ = r.date("established_on", 0)
	e.Document = r.text("document")
	e.Remark = r.text("remark")
	e.Extra = r.extra()
	return e
}
