package ingest

import (
	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

// A report in words (minutes, a written report, a news text) is no quarterly workbook and holds no fact that counts. It
// is kept as 文字材料: its text and what was read from it wait for an officer, who checks the facts beside the text and
// keeps them as a version of their own (report_keep.go).

// readWords settles whose report it is and which quarter it belongs to, as far as text, file name and what was chosen by
// hand say so; neither is asked back, an officer fills them in. Each doubt of the reading becomes a warning at its text.
func readWords(units *registry.Registry, r record.Reading, words *record.ReportRead, by chosen, p *problems) record.Reading {
	r.Report = words
	r.Quarter = quarterOfWords(r.File, words, by)
	day := words.HeldOn
	if day.IsZero() {
		day = r.Quarter.Last()
	}
	unit, ok := unitOfWords(units, r.File, words, by, day)
	if ok {
		words.Unit = unit.Code
		if owner, ok := units.Submitter(unit.Code); ok {
			r.Unit = owner.Code
		} else if unit.Submitter {
			r.Unit = unit.Code
		}
		if words.ChairTitle != "" {
			rank, delegated := cntext.ChairRank(words.ChairTitle, cntext.ChairOptions{Level: unit.Level, Unit: unit.Name})
			words.ChairRank, words.ChairDelegated = rank, words.ChairDelegated || delegated
		}
	}
	if by.own != "" && r.Unit != "" && r.Unit != by.own {
		p.add(UnitForeign, record.TextSheet, record.TextRef(words.Text, words.Spans["unit"]), words.UnitText, unitName(units, r.Unit), unitName(units, by.own))
	}
	p.add(WordsKept, "", "", "")
	for _, d := range words.Doubts {
		p.add(WordsDoubt, record.TextSheet, "", "", stem(d))
	}
	return r
}

func quarterOfWords(file string, words *record.ReportRead, by chosen) period.Quarter {
	switch named, ok := cntext.FindQuarter(baseName(file)); {
	case !by.quarter.IsZero():
		return by.quarter
	case !words.HeldOn.IsZero():
		return period.QuarterOf(words.HeldOn)
	case ok:
		return named
	}
	return period.Quarter{}
}

// unitOfWords is the unit that the text names, else the one of the file's name, else the one chosen or the account's.
func unitOfWords(units *registry.Registry, file string, words *record.ReportRead, by chosen, day period.Date) (record.Unit, bool) {
	within := by.own
	if within == "" {
		within = by.unit
	}
	if words.UnitText != "" {
		if m, ok := units.Resolve(words.UnitText, within, day); ok {
			return m.Unit, true
		}
	}
	if m, ok := units.Find(baseName(file), day); ok {
		return m.Unit, true
	}
	return units.Unit(within)
}

// inWords reports that a reading is one of 文字材料: a report without a table of the form.
func inWords(r record.Reading) bool { return r.Report != nil && len(r.Columns) == 0 }
