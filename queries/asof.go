package queries

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// Cohort is 事项口径: the zero Cohort is the active population 在办; otherwise all resolutions of one session year 届次.
type Cohort struct{ Session int }

// ParseCohort reads "active", "" or "session:2023".
func ParseCohort(s string) (Cohort, error) {
	if s == "" || s == "active" {
		return Cohort{}, nil
	}
	if y, ok := strings.CutPrefix(s, "session:"); ok {
		if n, err := strconv.Atoi(y); err == nil && n >= 1950 && n <= 2150 {
			return Cohort{Session: n}, nil
		}
	}
	return Cohort{}, fault.New(fault.Usage, fmt.Sprintf("事项口径「%s」无法识别。", s), "请写 active（在办）或 session:2024（2024 届次）。")
}

// String is the form of commands and URLs.
func (c Cohort) String() string {
	if c.Session == 0 {
		return "active"
	}
	return "session:" + strconv.Itoa(c.Session)
}

// AsOf is the point from which everything is seen: the same named parameters for every file.
// A zero KnownAt means now; a zero Year the quarter's year; an empty Level the regime's highest obliged level. Complete
// fills them in.
type AsOf struct {
	Quarter period.Quarter
	Year    int
	KnownAt time.Time
	Regime  *regime.Regime
	Cohort  Cohort
	Level   record.Level
	// Deadline of the session year; zero: the regime's. A city's own deadline comes from settings with its document.
	Deadline period.Date
	// Scope limits what is answered to these submitters' own units (a county account); empty is everything.
	Scope record.UnitCode
}
