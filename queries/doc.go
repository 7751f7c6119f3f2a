// Package queries computes every number: one SQL file an indicator (metric/), a rule (rule/), a list (list/), all on
// the base macros (base/) in which "which row counts" is said once. SQL counts; Go weighs, ranks and rounds exactly.
// It imports neither ingest nor dashboard, no net/http and no templates.
package queries
