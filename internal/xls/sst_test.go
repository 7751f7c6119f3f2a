package xls

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSharedTextsOverContinue cuts the same texts at every distance: within headers, characters, font runs and
// phonetic data, with the width of the characters changing at the cut.
func TestSharedTextsOverContinue(t *testing.T) {
	t.Parallel()
	texts := []string{"", "plain", "工会云州市", "议定事项 ABCDEFGHIJ", "é÷", "", "𠮷〇𠮷", strings.Repeat("长", 40) + "x", "末"}
	var records []byte
	for i := range texts {
		records = append(records, rec(recLabelSST, at(i, 0, 0), u32(i))...)
	}
	for size := 9; size <= 260; size++ {
		b := open(t, biff8(sst(size, texts...), sheet("表", records)).file())
		var got []string
		for _, c := range b.Sheets[0].Cells {
			got = append(got, c.Text)
		}
		if diff := cmp.Diff(texts, got); diff != "" {
			t.Fatalf("pieces of %d bytes (-want +got):\n%s", size, diff)
		}
	}
}

// TestSharedTextCounts: real files state fewer or more texts than they hold.
func TestSharedTextCounts(t *testing.T) {
	t.Parallel()
	for _, stated := range []int{0, 1, 2, 9, -1} {
		t.Run(fmt.Sprint(stated), func(t *testing.T) {
			t.Parallel()
			table := rec(recSST, u32(stated), u32(stated), narrow("a"), wide("云", 2))
			b := open(t, biff8(table, sheet("表", rec(recLabelSST, at(0, 0, 0), u32(1)))).file())
			if got := b.Sheets[0].Cells[0].Text; got != "云" {
				t.Errorf("text = %q, want 云", got)
			}
		})
	}
}

// TestSharedTextCutOff: a table that breaks off hurts only the cells that want what is lost.
func TestSharedTextCutOff(t *testing.T) {
	t.Parallel()
	table := rec(recSST, u32(2), u32(2), narrow("a"), u16(5), []byte{1})
	label := func(i int) testSheet { return sheet("表", rec(recLabelSST, at(0, 0, 0), u32(i))) }
	if got := open(t, biff8(table, label(0)).file()).Sheets[0].Cells[0].Text; got != "a" {
		t.Errorf("text = %q, want a", got)
	}
	if err := openErr(t, biff8(table, label(1)).file(), Limits{}); !strings.Contains(err.Error(), "shared text 1 is missing") {
		t.Errorf("Open = %v, want the missing text named", err)
	}
}
