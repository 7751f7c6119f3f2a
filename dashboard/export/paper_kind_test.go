package export_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"liandu/dashboard/export"
	"liandu/internal/fault"
)

// A paper kept as JSON and read back writes the same bytes and carries the same sources.
func TestEveryPaperSurvivesBeingKept(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	for _, p := range export.Papers() {
		if p.ID == export.PaperReminderMeeting { // the year is over
			continue
		}
		d := d
		if p.ID == export.PaperAnnualNotice {
			d = ofAllLevels(t)
		}
		all, err := p.All(d)
		if err != nil || len(all) == 0 {
			t.Errorf("%s: %d papers, %v", p.ID, len(all), err)
			continue
		}
		for _, o := range all {
			if o.Paper != p.ID || p.Each != (o.Unit != "") {
				t.Errorf("%s made a paper of %q for unit %q", p.ID, o.Paper, o.Unit)
			}
			kept, err := json.Marshal(o)
			if err != nil {
				t.Fatal(err)
			}
			var again export.Official
			if err := json.Unmarshal(kept, &again); err != nil {
				t.Fatal(err)
			}
			var want, got bytes.Buffer
			if err := o.Write(&want); err != nil {
				t.Fatal(err)
			}
			if err := again.Write(&got); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want.Bytes(), got.Bytes()) {
				t.Errorf("%s to %s: other bytes after being kept", p.ID, o.To)
			}
			if a, err := json.Marshal(&again); err != nil || !bytes.Equal(a, kept) {
				t.Errorf("%s to %s: another tree after being kept, %v", p.ID, o.To, err)
			}
		}
	}
}

// One paper may bear a number of its own, wherever it stands in the batch.
func TestOnePaperBearsItsOwnNumber(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ paper, unit string }{
		{export.PaperNotice, ""}, {export.PaperLetterUnion, "990105"}, {export.PaperLetterGovernment, "990105"}, {export.PaperDispatch, ""},
	} {
		p, err := export.FindPaper(tc.paper)
		if err != nil {
			t.Fatal(err)
		}
		d := dossier(t)
		d.Number = "云工函〔2025〕77号"
		delete(d.Settings, p.Number)
		o, err := p.One(d, "990105")
		if err != nil {
			t.Fatal(err)
		}
		if o.Number != "云工函〔2025〕77号" || len(o.Missing) > 0 {
			t.Errorf("%s bears %q, lacks %v", tc.paper, o.Number, o.Missing)
		}
	}
}

func TestDraftNamesItsGaps(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	d.Draft = true
	delete(d.Settings, "letter.number")
	delete(d.Settings, "reply.days")
	p, err := export.FindPaper(export.PaperLetterUnion)
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.One(d, "990105")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, g := range o.Missing {
		keys[g.Key] = true
	}
	if len(o.Missing) != 2 || !keys["letter.number"] || !keys["reply.days"] || !o.ReplyDue.IsZero() {
		t.Errorf("gaps %v, reply due %v", o.Missing, o.ReplyDue)
	}
	if _, err := p.One(d, ""); fault.CodeOf(err) != fault.Usage {
		t.Errorf("a letter to no unit: %v", err)
	}
}

func TestNumberAfter(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		first string
		n     int
		want  string
		ok    bool
	}{
		{"云工函〔2025〕1号", 0, "云工函〔2025〕1号", true}, {"云工函〔2025〕9号", 3, "云工函〔2025〕12号", true}, {"工函第一号", 1, "", false}, {"", 1, "", false},
	} {
		if got, ok := export.NumberAfter(tc.first, tc.n); got != tc.want || ok != tc.ok {
			t.Errorf("NumberAfter(%q, %d) = %q, %v", tc.first, tc.n, got, ok)
		}
	}
}
