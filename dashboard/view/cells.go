package view

import "liandu/internal/record"

// cellOf returns the A1 reference of the first of the fields the sheet has.
func cellOf(s record.Source, fields ...string) string {
	for _, f := range fields {
		if c := s.Cells[f]; c != "" {
			return c
		}
	}
	return ""
}

// cellsOf returns the references of the fields the sheet has, in the order asked.
func cellsOf(s record.Source, fields ...string) []string {
	var out []string
	for _, f := range fields {
		if c := s.Cells[f]; c != "" {
			out = append(out, c)
		}
	}
	return out
}

// itemCells are the cells that decide an item's state.
func itemCells(s record.Source) []string {
	return cellsOf(s, "title", "due_on", "revised_due_on", "plan_on", "status", "completed_on")
}

// meetingCells are the cells a meeting is judged by.
func meetingCells(s record.Source) []string {
	return cellsOf(s, "kind", "held_on", "chair_name", "chair_title", "agenda_report", "minutes_issued_on")
}
