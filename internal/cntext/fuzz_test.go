package cntext

import (
	"slices"
	"testing"
	"unicode/utf8"

	"liandu/internal/record"
)

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024年3月15日", "二〇二四年三月十五日", "年底前", "长期坚持", "2024.3.15", "29.04.2016", "2024年3月1日至2024年6月30日", "2025219", "45366", "2024-03-15 00:00:00"} {
		f.Add(s, 2024)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		r, ok := Date(text, DateOptions{SessionYear: year % 3000})
		switch {
		case !ok:
		case r.LongTerm != r.Date.IsZero():
			t.Errorf("Date(%q) = %+v: neither a date nor long-term", text, r)
		case !r.LongTerm && !yearInRange(r.Date.Year()):
			t.Errorf("Date(%q) = %v, out of range", text, r.Date)
		case r.Exact():
			if again, ok := Date(r.Date.Chinese(), DateOptions{}); !ok || again.Date != r.Date {
				t.Errorf("Date(%q) = %v, read back as %v", text, r.Date, again.Date)
			}
		case r.Note == "":
			t.Errorf("Date(%q) = %+v without a note", text, r)
		}
	})
}

func FuzzQuarter(f *testing.F) {
	for _, s := range []string{"2024年第三季度", "2024Q3", "2024年7—9月", "鹭屯县2023年第二季度联席会议报表（更正）.xlsx", "二〇二四年第一、二季度", "2024年度第三季度"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []string{"Quarter", "FindQuarter"} {
			q, ok := Quarter(text)
			if read == "FindQuarter" {
				q, ok = FindQuarter(text)
			}
			if ok && (q.N < 1 || q.N > 4 || !yearInRange(q.Year)) || !ok && !q.IsZero() {
				t.Errorf("%s(%q) = %v, %v", read, text, q, ok)
			}
			if again, good := Quarter(q.Chinese()); ok && (!good || again != q) {
				t.Errorf("%s(%q) = %v, read back as %v", read, text, q, again)
			}
		}
		if y, ok := Year(text); ok && !yearInRange(y) {
			t.Errorf("Year(%q) = %d", text, y)
		}
	})
}

func FuzzChairRank(f *testing.F) {
	for _, s := range []string{"县委副书记、县长", "受县长委托，副县长周春华主持", "党工委书记兼管委会主任", "人大常委会副主任、总工会主席", "县长出席并讲话", "副县长代县长主持"} {
		f.Add(s, "county", "鹿塘县")
	}
	f.Fuzz(func(t *testing.T, title, level, unit string) {
		rank, _ := ChairRank(title, ChairOptions{Level: record.Level(level), Unit: unit})
		if !slices.Contains(record.Ranks, rank) {
			t.Errorf("ChairRank(%q) = %q", title, rank)
		}
		if again, _ := ChairRank(" "+title+"　", ChairOptions{Level: record.Level(level), Unit: unit}); len(title) < 500 && again != rank {
			t.Errorf("ChairRank(%q) = %v, with spaces around %v", title, rank, again)
		}
	})
}

func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"3个", "百分之八十点五", "80%", "0.8", "一百零六", "（一）", "①", "9.9999999999999995E-2", "八成", "三项议题", "e \u0301", "ن\n\u0650\u0333"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, isRatio bool) {
		if n, ok := Count(text); ok && (n < 0 || n > 9999) {
			t.Errorf("Count(%q) = %d", text, n)
		}
		if p, ok := Percent(text, isRatio); ok && !(p >= 0 && p <= 100) {
			t.Errorf("Percent(%q, %v) = %v", text, isRatio, p)
		}
		no, ok := ItemNo(text)
		if again, good := ItemNo(no); ok && (!good || again != no) {
			t.Errorf("ItemNo(%q) = %q, again %q", text, no, again)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"２０２４年　桐屯區(qū)", "①❶⑴", "\ufeff\u200b—", "《关于建设职工之家3个的议题》"} {
		f.Add(s, "建设职工之家三个")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		once := Fold(a)
		if again := Fold(once); utf8.ValidString(a) && again != once {
			t.Errorf("Fold(%q) = %q, again %q", a, once, again)
		}
		if key := TitleKey(a); utf8.ValidString(a) && TitleKey(key) != key {
			t.Errorf("TitleKey(%q) = %q, again %q", a, key, TitleKey(key))
		}
		if NearTitle(a, b) != NearTitle(b, a) {
			t.Errorf("NearTitle(%q, %q) depends on the order", a, b)
		}
		Tick(a)
		HasPublicity(a)
		if Blank(a) && !None(a) {
			t.Errorf("Blank(%q) but not None", a)
		}
		if Width(Pad(a, 40)) < 40 {
			t.Errorf("Pad(%q, 40) is too short", a)
		}
	})
}
