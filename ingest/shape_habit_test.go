package ingest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// habits are the layouts and ways of writing that the twins are written in, in the order in which they are applied:
// values first, then the rows, then the heads, then what stands around.
func habits() []habit {
	any := func(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }
	return []habit{
		{name: "year in other words", do: func(r *rand.Rand, b *bookText) bool {
			w := any(r, "%s年", "%s年度", "%s届", "%s年度第一次会议")
			for _, s := range b.sheets[1:] {
				for _, row := range s.rows {
					row[s.col("所属年度")] = fmt.Sprintf(w, row[s.col("所属年度")])
				}
			}
			return true
		}},
		{name: "quarter in other words", apart: "quarter", do: func(r *rand.Rand, b *bookText) bool {
			b.cover[1][1] = any(r, "24年第三季度", "Q3 2024", "2024年7-9月", "2024年度三季度", "２０２４年第３季度", "2024 Q3", "三季度（2024年）", "2024年第三季度（7月—9月）")
			return true
		}},
		{name: "quarter without its year", apart: "quarter", do: func(r *rand.Rand, b *bookText) bool {
			b.cover[1][1] = any(r, "第三季度", "三季度", "7-9月", "Q3")
			b.sheets[1].over = append([]string{"2024年度政府与工会联席会议情况表"}, b.sheets[1].over...)
			return true
		}},
		{name: "quarter beside its year", apart: "quarter", do: func(r *rand.Rand, b *bookText) bool {
			b.cover[1][1] = any(r, "第三季度", "三季度")
			b.cover = append(b.cover, [2]string{any(r, "年度", "年 份：", "所属年度"), any(r, "2024", "2024年")})
			return true
		}},
		{name: "as above", apart: "group", do: func(r *rand.Rand, b *bookText) bool {
			w := any(r, "同上", "〃", "″", "同 上", "（同上）", "同上行", "”")
			for _, s := range b.sheets[1:] {
				for _, h := range []string{"召开单位", "所属年度", "会议形式"} {
					for i, c := len(s.rows)-1, s.col(h); i > 0; i-- {
						if s.rows[i][c] == s.rows[i-1][c] {
							s.rows[i][c] = w
						}
					}
				}
			}
			return true
		}},
		{name: "the key on a group's first row only", apart: "group", do: func(r *rand.Rand, b *bookText) bool {
			s := b.sheet("议定事项")
			for i := len(s.rows) - 1; i > 0; i-- {
				if s.rows[i][0] == s.rows[i-1][0] {
					for _, h := range []string{"召开单位", "所属年度", "会议形式"} {
						s.rows[i][s.col(h)] = ""
					}
				}
			}
			return true
		}},
		{name: "the unit on a group's first row only", apart: "group", do: func(r *rand.Rand, b *bookText) bool {
			s, blanks := b.sheet("议定事项"), 0
			for i := len(s.rows) - 1; i > 0; i-- {
				if s.rows[i][0] == s.rows[i-1][0] {
					blanks++
				}
			}
			if blanks < 2 {
				return false
			}
			for i := len(s.rows) - 1; i > 0; i-- {
				if s.rows[i][0] == s.rows[i-1][0] {
					s.rows[i][0] = ""
				}
			}
			return true
		}},
		{name: "several items in one cell", apart: "rows group", do: inOneCell},
		{name: "meetings and items in one sheet, merged", apart: "rows group", do: func(r *rand.Rand, b *bookText) bool { return wide(b, "merge") }},
		{name: "meetings and items in one sheet, blank below", apart: "rows group", do: func(r *rand.Rand, b *bookText) bool { return wide(b, "blank") }},
		{name: "meetings and items in one sheet, repeated", apart: "rows group", do: func(r *rand.Rand, b *bookText) bool { return wide(b, "repeat") }},
		{name: "a sheet for each unit, named for it", apart: "rows group", do: sheetForEach},
		{name: "a card for each meeting", apart: "rows heads", do: cards},
		{name: "heads down the first column", apart: "rows heads", do: upright},
		{name: "columns unknown to us", do: func(r *rand.Rand, b *bookText) bool {
			for _, s := range b.sheets {
				if s.col("召开单位") < 0 && s.col("单位名称") < 0 {
					continue
				}
				s.heads[0] = append(s.heads[0], any(r, "联络员", "佐证材料", "亮灯"))
				for i := range s.rows {
					s.rows[i] = append(s.rows[i], any(r, "有", "某", "绿", ""))
				}
			}
			return true
		}},
		{name: "heads with units, breaks and wide letters", apart: "heads", do: func(r *rand.Rand, b *bookText) bool {
			for _, s := range b.sheets {
				for i, h := range s.heads[0] {
					if h == "" {
						continue
					}
					runes := []rune(h)
					s.heads[0][i] = any(r, h, h+"（必填）", "*"+h, string(runes[:1])+"\n"+string(runes[1:]), strings.Join(strings.Split(h, ""), " "), h+"：", h+"【项】", "　"+h+"\u00a0")
				}
			}
			return true
		}},
		{name: "heads of three rows", apart: "heads", do: threeRows},
		{name: "the head again in the middle", do: func(r *rand.Rand, b *bookText) bool {
			done := false
			for _, s := range b.sheets {
				if len(s.rows) < 4 || len(s.merges) > 3*len(s.heads) {
					continue
				}
				if len(s.merges) > 0 && len(s.heads) == 1 {
					continue
				}
				var again [][]string
				for _, h := range s.heads {
					again = append(again, slices.Clone(h))
				}
				s.rows = slices.Insert(s.rows, 2, again...)
				done = true
			}
			return done
		}},
		{name: "sums and notes under the table", do: func(r *rand.Rand, b *bookText) bool {
			for _, s := range b.sheets {
				s.under = append(s.under, []string{any(r, "合计", "小 计", "总计：", "累计"), "", "", "3"}, []string{any(r, "注：1.没有的填“无”。", "填表说明：本表每季度报送。")},
					[]string{"填报人：李一　　审核人：王二　　联系电话：0000-1234567"})
			}
			return true
		}},
		{name: "a title over each table", do: func(r *rand.Rand, b *bookText) bool {
			for _, s := range b.sheets {
				s.over = append(s.over, "海棠区2024年第三季度"+any(r, "报表", "情况统计表"), any(r, "填报单位：海棠区　　　　单位：项、%", "（单位：个）"))
			}
			return true
		}},
	}
}

// inOneCell puts the items of one meeting into one row.
func inOneCell(r *rand.Rand, b *bookText) bool {
	s := b.sheet("议定事项")
	marks := [][]string{
		{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫"},
		{"1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "10.", "11.", "12."},
		{"1、", "2、", "3、", "4、", "5、", "6、", "7、", "8、", "9、", "10、", "11、", "12、"},
		{"（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）", "（9）", "（10）", "（11）", "（12）"},
		{"（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）", "（十一）", "（十二）"},
		{"一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "十一、", "十二、"},
	}
	kind := r.IntN(len(marks))
	gap := []string{"\n", "；\n", "；"}[r.IntN(3)]
	var out [][]string
	done := false
	for i := 0; i < len(s.rows); {
		j := i
		for j < len(s.rows) && s.rows[j][0] == s.rows[i][0] {
			j++
		}
		group := s.rows[i:j]
		i = j
		row, ok := slices.Clone(group[0]), len(group) > 1
		for c, head := range s.heads[0] {
			var values []string
			for _, g := range group {
				values = append(values, g[c])
			}
			switch {
			case len(slices.Compact(slices.Clone(values))) == 1:
			case head == "序号":
				row[c] = fmt.Sprintf("1-%d", len(group))
			case slices.Contains(values, ""):
				ok = false
			default:
				for k := range values {
					values[k] = marks[kind][k] + values[k]
				}
				row[c] = strings.Join(values, gap)
			}
		}
		if ok {
			out = append(out, row)
			done = true
		} else {
			out = append(out, group...)
		}
	}
	s.rows = out
	return done
}

// wide puts meetings and items side by side.
func wide(b *bookText, style string) bool {
	m, s := b.sheet("会议召开"), b.sheet("议定事项")
	if m == nil || s == nil {
		return false
	}
	out := &sheetText{name: "联席会议情况", heads: [][]string{nil}, over: append(m.over, s.over...)}
	own := []int{}
	for c, h := range s.heads[0] {
		if !slices.Contains([]string{"召开单位", "所属年度", "会议形式"}, h) {
			own = append(own, c)
		}
	}
	out.heads[0] = slices.Clone(m.heads[0])
	for _, c := range own {
		out.heads[0] = append(out.heads[0], s.heads[0][c])
	}
	key := func(t *sheetText, row []string) string {
		return row[t.col("召开单位")] + row[t.col("所属年度")] + row[t.col("会议形式")]
	}
	for _, meeting := range m.rows {
		top := len(out.rows)
		for _, item := range s.rows {
			if key(s, item) != key(m, meeting) {
				continue
			}
			row := make([]string, len(m.heads[0]))
			if len(out.rows) == top || style == "repeat" {
				copy(row, meeting)
			}
			for _, c := range own {
				row = append(row, item[c])
			}
			out.rows = append(out.rows, row)
		}
		if n := len(out.rows) - top; n == 0 {
			out.rows = append(out.rows, append(slices.Clone(meeting), make([]string, len(own))...))
		} else if n > 1 && style == "merge" {
			for c := range m.heads[0] {
				out.merges = append(out.merges, [4]int{top + 1, c, top + n, c})
			}
		}
	}
	b.sheets = []*sheetText{b.sheet("制度建立"), out}
	return true
}

// sheetForEach gives each unit a sheet of items without a column for it.
func sheetForEach(r *rand.Rand, b *bookText) bool {
	s := b.sheet("议定事项")
	by := map[string]*sheetText{}
	var order []*sheetText
	for _, row := range s.rows {
		one := by[row[0]]
		if one == nil {
			one = &sheetText{name: row[0] + []string{"", "议定事项", "台账"}[r.IntN(3)], heads: [][]string{slices.Clone(s.heads[0][1:])}, over: slices.Clone(s.over)}
			by[row[0]] = one
			order = append(order, one)
		}
		one.rows = append(one.rows, row[1:])
	}
	if len(order) == 0 {
		return false
	}
	b.sheets = append(b.sheets[:2:2], order...)
	return true
}

// threeRows puts two rows of groups over the heads.
func threeRows(_ *rand.Rand, b *bookText) bool {
	groups := map[string]string{
		"主持人": "主持情况", "主持人职务": "主持情况", "政府方出席人员": "出席人员", "工会方出席人员": "出席人员",
		"政府方议题数": "议题数", "工会方议题数": "议题数", "联合议题数": "议题数",
		"牵头单位": "责任分工", "配合单位": "责任分工", "责任人": "责任分工", "完成时限": "时限", "调整后完成时限": "时限",
	}
	short := map[string]string{"政府方议题数": "政府方", "工会方议题数": "工会方", "联合议题数": "联合"}
	for _, s := range b.sheets {
		n := len(s.heads[0])
		top, middle, low := make([]string, n), make([]string, n), make([]string, n)
		var merges [][4]int
		for c, h := range s.heads[0] {
			group := groups[h]
			if group == "" {
				top[c] = h
				merges = append(merges, [4]int{0, c, 2, c})
				continue
			}
			low[c] = h
			if short[h] != "" {
				low[c] = short[h]
			}
			if c > 0 && groups[s.heads[0][c-1]] == group {
				continue
			}
			to := c
			for to+1 < n && groups[s.heads[0][to+1]] == group {
				to++
			}
			middle[c], top[c] = group, "基本情况"
			merges = append(merges, [4]int{0, c, 0, to}, [4]int{1, c, 1, to})
		}
		s.heads = [][]string{top, middle, low}
		for _, m := range s.merges {
			merges = append(merges, [4]int{m[0] + 2, m[1], m[2] + 2, m[3]})
		}
		s.merges = merges
	}
	return true
}

// cards gives each meeting a card of two columns of labels.
func cards(_ *rand.Rand, b *bookText) bool {
	m := b.sheet("会议召开")
	out := &sheetText{name: "会议登记表", heads: [][]string{{"联席会议召开情况登记表"}}, over: m.over}
	for _, row := range m.rows {
		for c := 0; c < len(m.heads[0]); c += 2 {
			line := []string{m.heads[0][c], row[c]}
			if c+1 < len(row) {
				line = append(line, m.heads[0][c+1]+"：", row[c+1])
			}
			out.rows = append(out.rows, line)
		}
		out.rows = append(out.rows, []string{""})
	}
	b.sheets[1] = out
	return true
}

// upright turns the meetings' rows and columns over.
func upright(_ *rand.Rand, b *bookText) bool {
	m := b.sheet("会议召开")
	if len(m.rows) < 2 {
		return false
	}
	out := &sheetText{name: "会议", heads: [][]string{nil}, over: m.over}
	for c, h := range m.heads[0] {
		line := []string{h}
		for _, row := range m.rows {
			line = append(line, row[c])
		}
		out.rows = append(out.rows, line)
	}
	b.sheets[1] = out
	return true
}
