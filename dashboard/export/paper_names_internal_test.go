package export

import (
	"fmt"
	"testing"

	"liandu/internal/record"
)

// A list too long for the text stands in an attachment, once, with every name; a short one stays in the text.
func TestListsTooLongForTheText(t *testing.T) {
	t.Parallel()
	k := &desk{word: "乡镇、街道", listAt: "附件1", namesAt: "附件5"}
	var units []record.Unit
	for i := range 12 {
		units = append(units, record.Unit{Code: record.UnitCode(fmt.Sprint(100 + i)), Name: fmt.Sprintf("第%d镇", i+1)})
	}
	for _, tt := range []struct {
		units []record.Unit
		want  string
	}{
		{units, "附件5第1项所列12个乡镇、街道"}, {units[:11], "附件5第2项所列11个乡镇、街道"}, {units, "附件5第1项所列12个乡镇、街道"}, {units[:2], "第1镇和第2镇"},
	} {
		if got := plainText(k.inText(tt.units)); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
	if len(k.names) != 2 || len(k.names[0]) != 12 {
		t.Errorf("lists attached: %v", k.names)
	}
	k.namesAt = ""
	if got := plainText(k.inText(units)); got != "附件1所列12个乡镇、街道" {
		t.Errorf("without such an attachment: %s", got)
	}
}

// One alone is not 均.
func TestAllOfOne(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{1: "未召开", 2: "均未召开"} {
		if got := allOf(n, "均") + "未召开"; got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
