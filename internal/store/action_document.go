package store

import (
	"strconv"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
)

// ActionDocumentIssued freezes an official paper: its bytes, what it was made from, and its number.
const ActionDocumentIssued = "document.issued"

// ActionDocumentChecked says that an edited paper was held against the data before it was issued. It changes no table.
const ActionDocumentChecked = "document.checked"

// DocumentIssued is the payload of document.issued. The document's id is D<seq> of its line. What is named by a sum is
// a blob and never changes: the issued bytes, the bytes as generated (another sum only where an edited file was
// issued), the data it was made from and the paper as a tree.
type DocumentIssued struct {
	Kind      string          `json:"kind"`  // notice, letter_government, …
	Paper     string          `json:"paper"` // the builder: Kind, or one of its variants (reminder_meeting)
	Unit      record.UnitCode `json:"unit,omitempty"`
	To        string          `json:"to,omitempty"`
	Quarter   period.Quarter  `json:"quarter"`
	Year      int             `json:"year"`
	Regime    string          `json:"regime"`
	Level     record.Level    `json:"level"`
	KnownAt   time.Time       `json:"known_at"`
	Number    string          `json:"number,omitempty"`
	Title     string          `json:"title"`
	DatedOn   period.Date     `json:"dated_on"`
	ReplyDue  period.Date     `json:"reply_due"`
	File      string          `json:"file"`
	SHA256    string          `json:"sha256"`
	Generated string          `json:"generated"`
	Data      string          `json:"data"`
	Tree      string          `json:"tree"`
	Accepted  int             `json:"accepted,omitempty"` // disagreements of an edited file that were accepted
	Reason    string          `json:"reason,omitempty"`   // why
	Corrects  []string        `json:"corrects,omitempty"` // the documents a 更正 corrects
	Again     string          `json:"again,omitempty"`    // the earlier document of the same paper, quarter and unit
}

// Blobs lists the sums the journal line must name, each once.
func (d DocumentIssued) Blobs() []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, sum := range []string{d.SHA256, d.Generated, d.Data, d.Tree} {
		if !seen[sum] {
			out, seen[sum] = append(out, sum), true
		}
	}
	return out
}

// DocumentID is the id of the document a journal line issued.
func DocumentID(seq int64) string { return "D" + strconv.FormatInt(seq, 10) }
