// Package export makes the papers that leave the house: the 专项汇报 workbook from the answers of package queries.
//
// Steps of Briefing.Write: check that what will be printed agrees with itself (two numbers for one thing refuse the
// whole paper), lay out one table a sheet, and hand them to internal/xlsx.
//
// It is pure: no Gin, no SQL, no clock. The same answers give the same bytes. It computes no indicator; what it adds
// up is only what stands in its own rows.
package export
