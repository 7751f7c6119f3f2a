package main

import "hash/fnv"

// Invented people: a surname and a given name picked by what the person does, so that the same office keeps
// the same person in every quarter.
var (
	surnames = []rune("赵钱孙周吴郑冯陈褚卫蒋沈韩朱秦许何吕施张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁韦马苗方俞袁柳史唐费薛雷贺倪汤滕罗毕郝邬常于时傅卞齐康伍余顾孟黄萧尹姚邵汪祁毛戴宋庞熊纪舒项祝董梁杜阮蓝季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡霍万柯管卢莫丁邓洪左石崔龚程邢裴陆翁")
	given    = []string{
		"文博", "海波", "晓梅", "志刚", "雪莹", "永强", "立平", "玉兰", "春生", "国栋", "秀云", "明远", "俊峰", "慧敏", "建新",
		"桂芳", "长林", "思远", "新民", "丽华", "少华", "庆丰", "素琴", "振华", "红霞", "学军", "瑞祥", "亚男", "宏伟", "敬业",
		"凤英", "克勤", "守信", "润生", "若兰", "启明", "仲平", "淑珍", "锦程", "汉青", "佩文", "荣昌", "月娥", "子昂", "中和",
		"彩霞", "延年", "向阳", "静怡", "伯达",
	}
)

// pick chooses one of n by a text, the same every time.
func pick(key string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	return int(h.Sum32() % uint32(n))
}

func personName(key string) string {
	return string(surnames[pick(key, len(surnames))]) + given[pick("given"+key, len(given))]
}

// ownerName is the person answerable for the items of a department.
func ownerName(key string) string { return personName("owner" + key) }
