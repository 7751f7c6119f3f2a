package export_test

import (
	"strings"
	"testing"

	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/testkit/golden"
)

// The form holds what was reported and leaves marked blanks for the rest; without a meeting all of it is blanks.
func TestMinutesForm(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	for name, unit := range map[string]string{"held": "990103", "not_held": "990125"} {
		o, err := d.MinutesForm(record.UnitCode(unit))
		if err != nil {
			t.Fatal(err)
		}
		golden.Equal(t, "minutes_"+name+".txt", o.Text())
		for _, found := range proof(t, o, fileOf(t, o)) {
			t.Errorf("%s: an untouched paper: %+v", name, found)
		}
		if len(o.Missing) > 0 {
			t.Errorf("%s: the county's blanks are listed as settings: %v", name, o.Missing)
		}
	}
	if _, err := d.MinutesForm("000000"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("minutes of nobody: %v", err)
	}
	o, err := d.MinutesForm("990125")
	if err != nil {
		t.Fatal(err)
	}
	file := edited(t, fileOf(t, o), func(x string) string {
		return strings.NewReplacer("〔待填：召开日期〕", "2025年2月18日", "〔待填：议题数〕", "5", "〔待填：主持人职务、姓名〕", "县长周某").Replace(x)
	})
	if found := proof(t, o, file); len(found) > 0 {
		t.Errorf("blanks filled in: %+v", found)
	}
}
