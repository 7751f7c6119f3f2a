package dashboard

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"liandu/internal/auth"
	"liandu/internal/period"
)

var keptDay = period.MustDate("2025-01-14")

func TestKeptPagesAreEverybodysOwn(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.account(auth.Leader, "")
	w.account(auth.County, donghu)
	if err := w.auth.Add(t.Context(), "系统", auth.Account{Login: "second", Name: "第二<人>", Role: auth.Supervisor}, goodPassword); err != nil {
		t.Fatal(err)
	}
	w.handIn(t, auth.Supervisor, file{"东湖区.xlsx", workbook(t, "东湖区")}, file{"西岭区.xlsx", workbook(t, "西岭区")})
	first, second, county := w.as(auth.Supervisor), w.as("second"), w.as(auth.County)

	page := func(b *browser, path string) string {
		t.Helper()
		r := b.get(path)
		if r.Code != http.StatusOK {
			t.Fatalf("GET %s = %d", path, r.Code)
		}
		if strings.Contains(r.Body.String(), "\u2063") {
			t.Errorf("GET %s holds a mark that nobody filled in", path)
		}
		return r.Body.String()
	}
	one := page(first, "/resolutions?period=2024Q4")
	if again := page(first, "/resolutions?period=2024Q4"); again != one {
		t.Error("the same page twice is not the same bytes")
	}
	other := page(second, "/resolutions?period=2024Q4")
	if !strings.Contains(other, "第二&lt;人&gt;") || strings.Contains(other, "第二<人>") {
		t.Error("a kept page does not name who asks, or names them unescaped")
	}
	if own := page(county, "/resolutions?period=2024Q4"); strings.Contains(own, "西岭区") || !strings.Contains(own, "东湖区") {
		t.Error("a county is shown another account's page")
	}
	w.wait(time.Minute)
	if later := page(first, "/resolutions?period=2024Q4"); later == one {
		t.Error("the time of printing stood still")
	}
	w.handIn(t, auth.Supervisor, file{"白塔县.xlsx", workbook(t, "白塔县")})
	if fresh := page(first, "/resolutions?period=2024Q4"); !strings.Contains(fresh, "白塔县") {
		t.Error("a page from before the facts changed was answered")
	}
}

func TestKeptPagesAreBounded(t *testing.T) {
	t.Parallel()
	var k keptPages
	big := make([]byte, keptLimit/3)
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		k.get(1, keptDay, key)
		k.put(1, keptDay, key, big)
		if k.size > keptLimit {
			t.Fatalf("%d bytes are kept, the limit is %d", k.size, keptLimit)
		}
	}
	before := k.size
	if k.put(1, keptDay, strings.Repeat("a", 1000), nil); k.size != before+1000 {
		t.Errorf("an address of 1000 bytes counts %d", k.size-before)
	}
	k.get(2, keptDay, "e")
	k.put(1, keptDay, "old", big)
	if _, ok := k.get(2, keptDay, "old"); ok {
		t.Error("a page begun before the facts changed was kept after it")
	}
}
