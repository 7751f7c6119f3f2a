package record_test

import (
	"testing"

	"liandu/internal/record"
)

func TestTextRef(t *testing.T) {
	t.Parallel()
	const text = "云州市\n5月10日，副市长\n\n完"
	for _, tc := range []struct {
		span [2]int
		want string
	}{
		{[2]int{0, 3}, "第1段1-3字"},
		{[2]int{4, 9}, "第2段1-5字"},
		{[2]int{10, 16}, "第2段7-12字"}, // over the end of the paragraph
		{[2]int{15, 16}, "第4段1-1字"},
	} {
		got := record.TextRef(text, tc.span)
		if got != tc.want {
			t.Errorf("TextRef(%v) = %q, want %q", tc.span, got, tc.want)
		}
		if back, ok := record.TextSpan(text, got); !ok || back != tc.span {
			t.Errorf("TextSpan(%q) = %v, %v, want %v", got, back, ok, tc.span)
		}
	}
	for _, span := range [][2]int{{3, 3}, {-1, 2}, {40, 41}} {
		if got := record.TextRef(text, span); got != "" {
			t.Errorf("TextRef(%v) = %q, want none", span, got)
		}
	}
	for _, ref := range []string{"", "E5", "第9段1-2字", "第1段5-4字", "第4段1-9字", "第0段1-1字"} {
		if _, ok := record.TextSpan(text, ref); ok {
			t.Errorf("TextSpan(%q) is a place", ref)
		}
	}
}
