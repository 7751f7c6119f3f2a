package record

import "liandu/internal/period"

// UnitCode identifies a unit: six digits for counties (GB/T 2260), nine for townships, a local code for zones.
type UnitCode string

// Level is a unit's level. 出处: metrics and regimes name exactly these.
type Level string

// The levels.
const (
	LevelCity     Level = "city"
	LevelCounty   Level = "county"
	LevelTownship Level = "township"
	LevelZone     Level = "zone"
	LevelIndustry Level = "industry"
)

// Levels lists every level from the highest down, the order used to choose a default.
var Levels = []Level{LevelCity, LevelCounty, LevelZone, LevelTownship, LevelIndustry}

// Chinese returns the level's name on pages, "" for an unknown level.
func (l Level) Chinese() string {
	return map[Level]string{
		LevelCity: "市", LevelCounty: "县（市、区）", LevelTownship: "乡镇、街道", LevelZone: "开发区", LevelIndustry: "行业工会",
	}[l]
}

// Unit is one entry of the registry.
type Unit struct {
	Code      UnitCode    `json:"code"`
	Name      string      `json:"name"`
	Level     Level       `json:"level"`
	Parent    UnitCode    `json:"parent,omitempty"` // empty for the city
	Submitter bool        `json:"submitter"`
	Aliases   []string    `json:"aliases,omitempty"`
	ValidFrom period.Date `json:"valid_from"` // zero: always
	ValidTo   period.Date `json:"valid_to"`   // zero: still valid; last valid day otherwise
	Successor UnitCode    `json:"successor,omitempty"`
}

// ValidOn reports whether the unit exists on a day; an open end has no bound, and the last valid day counts.
func (u Unit) ValidOn(day period.Date) bool {
	return (u.ValidFrom.IsZero() || !u.ValidFrom.After(day)) && (u.ValidTo.IsZero() || !u.ValidTo.Before(day))
}
