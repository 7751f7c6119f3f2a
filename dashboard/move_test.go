package dashboard

import (
	"math/big"
	"net/http"
	"strings"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/auth"
	"liandu/internal/period"
	"liandu/queries"
)

// cityMove is the page of a change in which one of the city's items came to be counted above the line.
func cityMove(c *viewtest.City) view.Move {
	ind, _ := queries.IndicatorOf("resolution_completion")
	from := c.Now.AsOf
	from.Quarter = from.Quarter.Add(-1)
	return view.NewMove(view.MoveInput{Units: c.Units, Listed: c.Units, Quarters: []period.Quarter{from.Quarter}, Move: &queries.Move{
		Indicator: ind, From: from, To: c.Now.AsOf, A: queries.Pair{Num: 1, Den: 4}, B: queries.Pair{Num: 2, Den: 4}, Points: 250,
		Steps: []queries.MoveStep{{Kind: queries.MoveReal, Num: 1, Effect: big.NewRat(1, 4), Points: 250, Rows: []queries.MoveRow{{
			Unit: c.Items[0].Unit, Label: c.Items[0].Title, Was: "denominator", Is: "numerator", Submission: "S1", File: c.Items[0].File, Sheet: "议定事项", Refs: []string{"N2"},
		}}}},
	}})
}

func cityScoreMove(c *viewtest.City) view.ScoreMove {
	u := &c.Now.Units[0]
	from := c.Now.AsOf
	from.Quarter = from.Quarter.Add(-1)
	return view.NewScoreMove(view.MoveInput{Units: c.Units, Quarters: []period.Quarter{from.Quarter}}, u.Unit, from, c.Now.AsOf, u, u)
}

// TestMovePage: the change since the quarter before opens from a figure, adds up and says so; a bad start is refused
// in words.
func TestMovePage(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.Supervisor)
	for _, path := range []string{"/move?indicator=annual_meeting_held", "/move?indicator=score&unit=" + string(donghu), "/move?indicator=resolution_overdue&from=2024Q1&known_from=2024-04-20"} {
		if r := b.get(path); r.Code != http.StatusOK || !strings.Contains(r.Body.String(), "为什么变了") {
			t.Errorf("%s = %d\n%s", path, r.Code, r.Body)
		}
	}
	for path, want := range map[string]int{
		"/move?indicator=annual_meeting_held&from=last":                 http.StatusUnprocessableEntity,
		"/move?indicator=annual_meeting_held&known_from=soon":           http.StatusUnprocessableEntity,
		"/move?indicator=nothing":                                       http.StatusNotFound,
		"/move?indicator=score":                                         http.StatusUnprocessableEntity,
		"/move?indicator=annual_meeting_held&period=2024Q1&from=2024Q2": http.StatusUnprocessableEntity,
	} {
		if r := b.get(path); r.Code != want {
			t.Errorf("%s = %d, want %d", path, r.Code, want)
		}
	}
}
