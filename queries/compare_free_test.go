package queries

import (
	"strings"
	"testing"

	"liandu/internal/record"
	"liandu/internal/testkit"
)

// TestWhyOfALevelARegimeDoesNotBind: a county under a regime of townships is not judged there, and that is the first reason.
func TestWhyOfALevelARegimeDoesNotBind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	w.send("990102", "2024Q4", "2025-01-03", meetings(testkit.Meeting(held("2024-05-10"))))
	a, b := asOf(t, "2024Q4", qinhuangdao), asOf(t, "2024Q4", "liubei-2025")
	a.Level, b.Level = record.LevelCounty, record.LevelCounty
	for _, tc := range []struct {
		a, b AsOf
		want string
	}{{a, b, "后者不要求县（市、区）"}, {b, a, "前者不要求县（市、区）"}} {
		c, err := w.q.CompareRegimes(t.Context(), tc.a, tc.b)
		if err != nil || len(c.Units) != 1 {
			t.Fatalf("%d units, %v", len(c.Units), err)
		}
		why := c.Units[0].Why()
		if len(why) == 0 || !strings.HasPrefix(why[0], tc.want) {
			t.Errorf("why = %q, want %s first", why, tc.want)
		}
	}
}
