// Package matter is the loop from a finding to its closing: 立项 → 交办 → 签收 → 反馈 → 复核 → 销号.
//
// state.go says which step may follow which and who may take it; it is pure. load.go reads matters as they were known at a
// moment and folds their steps; service.go takes steps under the writer's lock, so that two people cannot take the same one.
// Nothing here knows pages, figures or accounts: who acts is handed in.
package matter
