package cntext

import "testing"

func BenchmarkDate(b *testing.B) {
	for _, text := range []string{"2024-03-15", "2024年3月15日", "二〇二四年三月十五日", "2024年12月底前"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				Date(text, DateOptions{SessionYear: 2024})
			}
		})
	}
}

func BenchmarkChairRank(b *testing.B) {
	for b.Loop() {
		ChairRank("街道党工委副书记、街道办事处主任", ChairOptions{Level: "township", Unit: "鹿渡街道"})
	}
}

func BenchmarkTitleNear(b *testing.B) {
	x, y := ReadTitle("关于推进新就业形态劳动者入会工作的议题"), ReadTitle("推进新就业形态劳动者建会入会")
	for b.Loop() {
		x.Near(y)
	}
}
