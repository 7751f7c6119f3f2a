package view_test

import (
	"slices"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/regime"
	"liandu/queries"
)

func TestRegimesBesideTheirClauses(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	in := view.RegimesInput{Address: address, All: all, Now: c.Now, Findings: c.Findings}
	p := view.NewRegimes(in)
	if len(p.Rules) != len(c.Now.AsOf.Regime.Rules) || p.WeightSum != "100" {
		t.Errorf("%d rules, weights %s", len(p.Rules), p.WeightSum)
	}
	for _, r := range p.Rules {
		if r.Words == "" || r.Light.Word == "" {
			t.Errorf("rule %s has no words or light", r.ID)
		}
	}
	if p.Compare != nil || len(p.Choices) != len(all) {
		t.Errorf("compared unasked, or %d choices of %d", len(p.Choices), len(all))
	}
	other := *c.Now
	other.AsOf.Regime = all[0]
	if all[0].ID == c.Now.AsOf.Regime.ID {
		other.AsOf.Regime = all[1]
	}
	other.Units = slices.Clone(c.Now.Units)
	other.Units[9].Light = queries.LightYellow
	in.Other, in.OtherFindings = &other, slices.DeleteFunc(slices.Clone(c.Findings), func(f queries.Finding) bool {
		return f.Unit.Name == "西岭区" && f.Severity == "red"
	})
	cmp := view.NewRegimes(in).Compare
	if len(cmp.Units) != 1 || cmp.Units[0].Name != "西岭区" || len(cmp.Units[0].Gone) != 2 || cmp.Unchanged != 11 || len(cmp.Differences) == 0 {
		t.Errorf("comparison = %+v", cmp)
	}
}
