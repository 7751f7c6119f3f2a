package export_test

import (
	"liandu/dashboard/export"
)

// eachSpan visits the spans of a block.
func eachSpan(b export.OfficialBlock, f func(export.Span)) {
	do := func(all []export.Span) {
		for _, s := range all {
			f(s)
		}
	}
	switch v := b.(type) {
	case export.Line:
		do(v.Spans)
	case export.Grid:
		for _, r := range v.Rows {
			for _, c := range r {
				do(c.Spans)
			}
		}
	case export.Foot:
		do(v.Copy)
		do(v.Office)
		do(v.Date)
	}
}

func figureErrors(d export.Dossier, o *export.Official) []string { return nil }
