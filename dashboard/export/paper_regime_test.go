package export_test

import (
	"slices"
	"strings"
	"testing"

	"liandu/dashboard/export"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// Letters under a document that forbids no substitute quote the one clause once, and name the conference once.
func TestLettersUnderOtherDocuments(t *testing.T) {
	t.Parallel()
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"bayannur-2024", "sanmenxia-2024", "shanghai-2018"} {
		d := dossier(t)
		r, err := regime.Find(all, id)
		if err != nil {
			t.Fatal(err)
		}
		m := *d.Metrics
		m.AsOf.Regime, d.Metrics = r, &m
		letters, err := d.Letters()
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range letters {
			text := o.Text()
			clause, _ := r.Rule(regime.RuleAnnualMeeting)
			quoted := "“" + strings.TrimRight(clause.Clause.Text, "。；") + "”"
			if strings.Contains(text, quoted+quoted) || strings.Contains(text, "政府与工会联席会议“联席会议") {
				t.Errorf("%s致%s says one thing twice: %s", id, o.To, text)
			}
		}
	}
}

// A union reports to its own party committee and government, whatever these are called there.
func TestLetterNamesWhomAUnionReportsTo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		level record.Level
		want  string
	}{
		{"石门县", record.LevelCounty, "主动向县委、县政府汇报，会同县政府办公室于"},
		{"石门镇", record.LevelTownship, "主动向镇党委、镇政府汇报，会同镇政府于"},
		{"石门街道", record.LevelTownship, "主动向街道党工委、办事处汇报，会同街道办事处于"},
		{"石门高新区", record.LevelZone, "主动向党工委、管委会汇报，会同管委会办公室于"},
	} {
		d := dossier(t)
		m := *d.Metrics
		m.Units = slices.Clone(m.Units)
		d.Metrics = &m
		for i := range m.Units {
			if u := &m.Units[i].Unit; u.Code == "990123" {
				u.Name, u.Level = tt.name, tt.level
			}
		}
		o, err := d.Letter("990123", export.ToUnion)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(o.Text(), tt.want) {
			t.Errorf("%s: want %s in %s", tt.name, tt.want, o.Text())
		}
	}
}
