package view

import "strings"

// isMarkable reports a file that was opened as a workbook and has problems to mark in it.
func isMarkable(in SubmissionInput) bool {
	if in.Reading == nil || len(in.Problems) == 0 || in.Reading.Report != nil && len(in.Reading.Columns) == 0 {
		return false
	}
	for _, p := range in.Problems {
		for _, unopened := range []string{"file_", "zip_", "parse_"} {
			if strings.HasPrefix(p.Code, unopened) {
				return false
			}
		}
	}
	return true
}
