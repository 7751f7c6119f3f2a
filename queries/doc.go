// Package queries computes every number: one SQL file an indicator (metric/), a rule (rule/), a list (list/), all on
// the base macros (base/) in which "which row counts" is said once. SQL counts; Go weighs, ranks and rounds exactly.
//
// Steps of an answer: Complete fills in the AsOf; evaluated finds or makes the evaluation (evaluate: the sets of set/ as
// temporary tables in one reading transaction, then every metric and rule file); metrics lists a level, sums and ranks
// it. Ledgers, Explain and Trace open the same facts. README.md has the parameters and the definitions chosen.
//
// It imports neither ingest nor dashboard, no net/http and no templates, and never writes.
package queries
