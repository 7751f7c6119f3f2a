package view

import (
	"liandu/internal/period"
	"liandu/internal/regime"
)

// NewRegimeForm is the form of an own regime, with what was typed by key.
type NewRegimeForm struct {
	ByFile           bool
	Bases            []Choice
	From             []Choice
	Fields           []AdjustField
	Words            string
	Reason, Document string
	Refusals         []string
	Back             string
}

// BuildNewRegime builds the form from what was typed.
func BuildNewRegime(all []*regime.Regime, quarters []period.Quarter, from period.Quarter, typed map[string]string, address Address) NewRegimeForm {
	p := NewRegimeForm{
		ByFile: typed["how"] == "file", From: quarterChoices(quarters, from), Words: typed["words"], Reason: typed["reason"], Document: typed["document"],
		Back: address.Href("/regimes"),
	}
	p.Bases = regimeChoices(all, typed["base"])
	for _, f := range []AdjustField{
		{Key: "id", Name: "编号", Note: "小写字母、数字和连字符，如 yunzhou-2025"},
		{Key: "name", Name: "简称", Note: "页面上显示，如 云州 2025"},
		{Key: "city", Name: "城市"},
		{Key: "title", Name: "文件标题", Note: "本市据以评价的文件"},
		{Key: "number", Name: "文号", Note: "文号不公开的可空，须写发文机关和说明"},
		{Key: "issuer", Name: "发文机关"},
		{Key: "issued_on", Name: "印发日期", Note: "如 2025-01-06"},
		{Key: "in_force_from", Name: "施行日期", Note: "如 2025-01-06"},
		{Key: "note", Name: "说明", Note: "可空"},
	} {
		f.Value = typed[f.Key]
		p.Fields = append(p.Fields, f)
	}
	return p
}

// Adopt is the form in which the city goes over to another regime.
type Adopt struct {
	Now              string
	Regimes, From    []Choice
	Reason, Document string
	Refusals         []string
	Trial            *Trial
	Back             string
}

// NewAdopt builds the form; now is the regime the city follows in the quarter chosen.
func NewAdopt(all []*regime.Regime, now *regime.Regime, id string, quarters []period.Quarter, from period.Quarter, reason, document string, address Address) Adopt {
	return Adopt{
		Now: now.Name, Regimes: regimeChoices(all, id), From: quarterChoices(quarters, from), Reason: reason, Document: document,
		Back: address.Href("/regimes"),
	}
}

func regimeChoices(all []*regime.Regime, chosen string) []Choice {
	var out []Choice
	for _, r := range all {
		out = append(out, Choice{Value: r.ID, Name: r.Name, Selected: r.ID == chosen})
	}
	return out
}
