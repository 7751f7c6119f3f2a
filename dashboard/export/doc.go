// Package export makes the papers that leave the house from the answers of package queries: the 专项汇报 workbook
// (briefing.go, sheet_*.go) and the official papers in Word (paper_*.go): 专题通报, 年度通报, 督导函, 提醒函, 调度单,
// 考核评分表, 更正通知, and the form of minutes.
//
// Steps of Briefing.Write: check that what will be printed agrees with itself (two numbers for one thing refuse the
// whole paper), lay out one table a sheet, and hand them to internal/xlsx.
//
// Steps of an official paper: a Dossier becomes a desk (answers held against each other, lists in official order); the
// paper is built as a tree of Spans that carry their sources (Official); what is missing, two values of one source, dates
// out of order, quotations that do not stand in the document and words such papers must not use refuse it (finish); the
// tree is written as .docx by internal/docx, or shown as text.
//
// Steps of 发前自证 (proof*.go, CheckAgainst): the edited .docx is read as paragraphs and tables; both sides become
// sentences of tokens (numbers, dates, names, posts, states, quotations, brought to one form); like sentences are paired
// wherever they stand; what differs word by word, cell by cell, is listed with its place and the right value.
//
// It is pure: no Gin, no SQL, no clock. The same answers give the same bytes. It computes no indicator; what it adds
// up is only what stands in its own rows.
package export
