package registry_test

import (
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/registry"
)

func TestPunctuationIsNoPartOfAName(t *testing.T) {
	t.Parallel()
	r, err := registry.Load(strings.NewReader(`code,name,level,parent,submitter,aliases
990100,云州市,city,,0,
990102,鹿河区,county,990100,1,
990103,鹿河新区,zone,990100,1,
990104,鹿区,county,990100,1,
990102001,东坡街道,township,990102,0,
`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"鹿河区：": "鹿河区", "（鹿河区）": "鹿河区", "一、鹿河区": "鹿河区", "1.鹿河区": "鹿河区", "①鹿河区": "鹿河区", "云州市、鹿河区": "鹿河区",
		"鹿河区·东坡街道": "东坡街道", "鹿河区（盖章）": "鹿河区", "鹿河新区。": "鹿河新区", "鹿河": "鹿河区",
		"鹿河区、鹿河新区": "", "鹿?区": "", "鹿□区": "", "鹿诃区": "", "鹿河新": "", "鹿河区鹿": "",
	} {
		m, ok := r.Resolve(name, "", period.Date{})
		if ok != (want != "") || m.Unit.Name != want {
			t.Errorf("Resolve(%q) = %q, %v, want %q", name, m.Unit.Name, ok, want)
		}
	}
	if c := r.Candidates("鹿诃区", ""); len(c) == 0 || c[0].Unit.Name != "鹿河区" {
		t.Errorf("candidates of a misread name: %+v", c)
	}
}
