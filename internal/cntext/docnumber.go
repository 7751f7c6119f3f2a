package cntext

import "regexp"

// Brackets around the year are written in many ways: 〔2024〕 [2024] (2024) 【2024】 ﹝2024﹞ 《2024》.
var numberYear = regexp.MustCompile(`[〔\[(【《<]((?:19|20)\d{2})[〕\])】》>]`)

// DocumentNumber returns a document's number in the one form of GB/T 9704, 联席纪要〔2024〕3号: folded, without
// spaces, the year in 〔〕. Text without a year in brackets is only folded. It serves comparing and showing.
func DocumentNumber(s string) string {
	return numberYear.ReplaceAllString(Squeeze(s), "〔$1〕")
}
