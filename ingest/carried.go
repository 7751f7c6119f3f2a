package ingest

import "liandu/internal/record"

// The heads of the two columns of the dictionary sheet that name the items a blank workbook came with and the words it
// gave as their deadline.
const (
	carriedTitles = "带出的事项"
	carriedWords  = "带出的完成时限"
)

// carriedItem is a deadline in words that the system itself wrote.
type carriedItem struct {
	Title string `json:"t"`
	Words string `json:"w"`
}

// carriedIn reads what a blank workbook noted on its dictionary sheet.
func carriedIn(g Grid) []carriedItem {
	if len(g.Rows) == 0 {
		return nil
	}
	at := 0
	for _, c := range g.Rows[0].Cells {
		if c.Text == carriedTitles && g.Rows[0].At(c.Col+1).Text == carriedWords {
			at = c.Col
		}
	}
	if at == 0 {
		return nil
	}
	var out []carriedItem
	for _, r := range g.Rows[1:] {
		if title, words := r.At(at).Text, r.At(at+1).Text; title != "" && words != "" {
			out = append(out, carriedItem{title, words})
		}
	}
	return out
}

// forgive drops the warnings about deadlines in words that came with the blank workbook and still stand as they came.
func (p *problems) forgive(carried []carriedItem, r *record.Reading) {
	if len(carried) == 0 {
		return
	}
	own := map[carriedItem]bool{}
	for _, c := range carried {
		own[c] = true
	}
	type cell struct{ sheet, cell string }
	as := map[cell]bool{}
	for _, res := range r.Resolutions {
		if own[carriedItem{res.Title, res.DueText}] {
			as[cell{res.Source.Sheet, res.Source.Cells["due_on"]}] = true
		}
	}
	kept := p.list[:0]
	for _, q := range p.list {
		if q.Code != string(DateInWords) || !as[cell{q.Sheet, q.Cell}] {
			kept = append(kept, q)
		}
	}
	p.list = kept
}
