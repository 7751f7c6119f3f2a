package export

import "slices"

// wordLists are the words that say something the data can contradict, by their first rune, the longest first.
var wordLists = func() map[rune][]listed2 {
	var all []listed2
	add := func(kind tokenKind, value string, words ...string) {
		for _, w := range append(words, value) {
			all = append(all, listed2{string(fold(w)), value, kind})
		}
	}
	for _, w := range rankWordsOf() {
		add(tokenRank, w)
	}
	addStatus(add)
	for _, w := range []struct {
		value string
		words []string
	}{{"提高", []string{"上升", "增长", "增加", "增至", "上升到", "提高到"}}, {"下降", []string{"降低", "减少", "减至", "下降到", "回落"}}, {"持平", nil}} {
		add(tokenMove, w.value, w.words...)
	}
	for _, of := range []string{"贵", "你", "我"} {
		for _, place := range []string{"区", "县", "市", "旗", "会"} {
			all = append(all, listed2{of + place, place, tokenPlace})
		}
	}
	for _, w := range []string{"人民政府", "总工会", "管理委员会", "办事处"} {
		add(tokenPlace, w)
	}
	out := map[rune][]listed2{}
	for _, l := range all {
		first := []rune(l.word)[0]
		if !slices.ContainsFunc(out[first], func(o listed2) bool { return o.word == l.word }) {
			out[first] = append(out[first], l)
		}
	}
	for _, same := range out {
		slices.SortStableFunc(same, func(a, b listed2) int { return len(b.word) - len(a.word) })
	}
	return out
}()

// rankWordsOf are posts, as they stand in reports and in the papers' own words.
func rankWordsOf() []string {
	out := []string{"主要负责同志", "其他负责同志", "分管负责同志", "有关负责同志", "党委负责同志", "工会负责同志", "负责同志", "主要负责人", "主要领导", "分管领导", "其他人员", "助理", "党组成员", "正职", "副职", "主持人",
		"人大常委会副主任", "人大常委会主任", "政协副主席", "政协主席", "人大副主任"}
	for _, head := range []string{"省长", "市长", "区长", "县长", "旗长", "州长", "盟长", "乡长", "镇长", "厅长", "局长", "处长", "科长", "部长", "院长", "检察长", "主任", "主席", "书记", "秘书长", "组长", "行长", "校长", "总经理", "董事长", "工会主席", "巡视员", "调研员", "常委"} {
		for _, before := range []string{"", "副", "代", "原", "常务副", "党组副", "第一副", "代理", "党组", "党委", "党委副", "前"} {
			out = append(out, before+head)
		}
		out = append(out, head+"助理")
	}
	for _, place := range []string{"省", "市", "区", "县", "旗", "州", "盟", "镇", "乡"} {
		for _, post := range []string{"委书记", "委副书记", "委常委", "政府党组成员", "政府党组书记", "政府党组副书记"} {
			out = append(out, place+post)
		}
	}
	return out
}

// addStatus lists what a meeting or an item may be said to be. Each has its contrary beside it, so that the one in
// place of the other is seen.
func addStatus(add func(tokenKind, string, ...string)) {
	for _, verb := range []string{"召开", "印发", "通报", "办结", "启动", "制定", "销号", "报送", "载明", "建立", "回复", "说明", "复核", "计入", "完成"} {
		add(tokenStatus, "已"+verb, "已经"+verb, "均已"+verb, "已全部"+verb, "均已经"+verb)
		add(tokenStatus, "未"+verb, "没有"+verb, "尚未"+verb, "均未"+verb, "未能"+verb, "亦未"+verb, "仍未"+verb, "不"+verb)
	}
	for _, w := range []struct {
		value string
		words []string
	}{
		{"按期召开", []string{"按时召开"}}, {"延迟召开", []string{"推迟召开", "延期召开"}}, {"以其他会议代替", []string{"以其他会议形式代替"}},
		{"未到召开期限", []string{"未到期限", "召开期限未到"}}, {"推进中", []string{"正在推进"}}, {"逾期未办结", nil}, {"到期未办结", nil}, {"无逾期", []string{"没有逾期"}},
		{"未经", []string{"均未经"}}, {"已经", []string{"均已经"}}, {"未逾期", nil}, {"逾期", []string{"超期"}}, {"长期坚持", nil}, {"已撤销", nil}, {"按期办结", []string{"按时办结"}}, {"未按期办结", []string{"未按时办结", "均未按期办结"}},
		{"均按期办结", nil}, {"全部办结", nil}, {"全部召开", nil}, {"全部建立", nil}, {"不符合", nil}, {"符合", nil}, {"未达到", nil}, {"达到", nil}, {"不适用", nil},
		{"新增召开", nil}, {"新增办结", nil}, {"无新增召开", nil}, {"无新办结", nil}, {"无应办议定事项", nil}, {"迟报", nil}, {"延迟", []string{"推迟"}},
		{"红灯", []string{"红色"}}, {"黄灯", []string{"黄色"}}, {"绿灯", []string{"绿色"}}, {"状态:红", nil}, {"状态:黄", nil}, {"状态:绿", nil}, {"为红", nil}, {"为黄", nil}, {"为绿", nil},
		{"并列", nil}, {"政府方", nil}, {"工会方", nil}, {"停止执行", nil},
	} {
		add(tokenStatus, w.value, w.words...)
	}
}
