package cntext

import (
	"testing"

	"liandu/internal/record"
)

func TestChairRank(t *testing.T) {
	t.Parallel()
	const (
		p, d, party, u, o, none = record.RankPrincipal, record.RankDeputy, record.RankParty, record.RankUnion, record.RankOther, record.RankUnknown
	)
	tests := []struct {
		title string
		want  record.ChairRank
	}{
		// the head of the government
		{"县长", p}, {"市长", p}, {"区长", p}, {"旗长", p}, {"盟长", p}, {"州长", p}, {"乡长", p}, {"镇长", p}, {"省长", p},
		{"行署专员", p}, {"专员", p}, {"街道办事处主任", p}, {"街道办主任", p}, {"办事处主任", p}, {"管委会主任", p}, {"管理委员会主任", p},
		{"县委副书记、县长", p}, {"区委副书记、区长", p}, {"市委副书记、市长", p}, {"旗委副书记、政府旗长", p},
		{"镇党委副书记、镇长", p}, {"乡党委副书记、乡长", p}, {"街道党工委副书记、街道办事处主任", p}, {"街道党工委副书记、办事处主任", p},
		{"党工委书记兼管委会主任", p}, {"党工委副书记、管委会主任", p}, {"党工委书记、管委会主任", p}, {"管委会党组书记、主任", p},
		{"代县长", p}, {"代区长", p}, {"代市长", p}, {"代理区长", p}, {"代理县长", p}, {"县委副书记、代县长", p}, {"区委副书记、代理区长", p},
		{"县长（代）", p}, {"副县长、代县长", p}, {"副市长、代理市长", p}, {"代理市长职务", p},
		{"县人民政府县长", p}, {"云州市人民政府市长", p}, {"鹭屯县县长", p}, {"县委书记、县长", p}, {"县委书记兼县长", p},
		{"县长孙立新", p}, {"孙立新县长", p}, {"孙立新 县长", p}, {"县委副书记、县长孙立新", p}, {"县委副书记县长", p},
		{"縣委副書記、縣長", p}, {"縣(xiàn)委副書(shū)記,、代縣長(zhǎng)", p}, {"县　长", p}, {"县 长", p},
		{"县政府主要负责同志", p}, {"政府主要领导", p}, {"县政府党组书记", p}, {"县委副书记、县政府党组书记、县长", p},
		{"副镇长（主持政府工作）", p}, {"街道办事处副主任（主持办事处全面工作）", p},
		{"县长主持召开", p}, {"县委副书记、县长出席并主持会议", p}, {"县委副书记、县长主持会议并讲话", p}, {"五原县县长", p}, {"原阳县县长", p},
		{"县长兼县总工会主席", p}, {"市长、市总工会主席", p}, {"自治区人民政府主席", p}, {"县(市、区)长", p},
		{"前旗旗长", p}, {"苏木达", p}, {"苏木党委副书记、苏木达", p}, {"主持县政府工作的副县长", p}, {"主持工作的副镇长", p}, {"自治区主席", p}, {"度假区管委会主任", p}, {"开发区主任", p},
		{"街道办事处代理主任", p}, {"办事处主任（代）", p}, {"镇长、党委副书记", p}, {"岭隐回族自治县县长", p}, {"盟委副书记、盟长", p},
		// deputies
		{"分管工会副县长", d}, {"联系工会工作的副县长", d}, {"协助县长分管工会工作的副县长", d}, {"常务副县长（主持县政府日常工作）", d},
		{"副县长主持县政府工作会议", d}, {"自治区副主席", d}, {"副苏木达", d}, {"开发区副主任", d}, {"地区行署副专员", d}, {"副县长兼公安局局长", d}, {"联席会议总召集人、副县长", d},
		{"镇党委委员、人武部长、副镇长", d}, {"四级调研员、副镇长", d}, {"县政府党组成员、办公室主任", d},
		{"副县长", d}, {"副市长", d}, {"副区长", d}, {"副旗长", d}, {"副州长", d}, {"副盟长", d}, {"副专员", d}, {"副乡长", d}, {"副镇长", d},
		{"常务副县长", d}, {"常务副区长", d}, {"县委常委、副县长", d}, {"县委常委、常务副县长", d}, {"区委常委、区政府常务副区长", d},
		{"区委常委、常务副区长", d}, {"镇党委委员、副镇长", d}, {"乡党委委员、副乡长", d}, {"街道办事处副主任", d}, {"街道办副主任", d},
		{"街道党工委委员、街道办事处副主任", d}, {"管委会副主任", d}, {"党工委委员、管委会副主任", d}, {"管委会党工委委员、副主任", d},
		{"县政府党组成员", d}, {"党组成员", d}, {"县政府党组副书记、常务副县长", d}, {"党组成员、副县长", d}, {"县政府党组成员、二级调研员", d},
		{"市政府秘书长", d}, {"秘书长", d}, {"市政府党组成员、秘书长", d}, {"县人民政府副县长", d}, {"副县长周春华", d}, {"周副县长", d},
		{"副县长、县公安局局长", d}, {"副县长、县总工会主席", d}, {"副县长（挂职）", d}, {"副区长、协调小组组长", d}, {"副县长、联席会议召集人", d},
		{"县政府分管领导", d}, {"政府副职", d}, {"副縣長", d}, {"副 县 长", d}, {"副县长主持会议", d}, {"县委常委副县长", d},
		// the party
		{"县委书记", party}, {"区委书记", party}, {"市委副书记", party}, {"县委副书记", party}, {"专职副书记", party}, {"镇党委书记", party},
		{"乡党委副书记", party}, {"乡党委书记", party}, {"街道党工委书记", party}, {"党工委副书记", party}, {"县委常委", party},
		{"县委常委、组织部部长", party}, {"县委常委、组织部长", party}, {"县委常委、政法委书记", party}, {"县委常委、秘书长", party}, {"党委书记", party},
		{"县委书记、县总工会主席", party}, {"县委副书记、政法委书记", party},
		{"镇党委副书记、政法委员", party}, {"县委常委、县委办公室主任", party}, {"乡党委书记、人大主席", party}, {"县委副书记、县长候选人", party},
		// the union
		{"党组书记、主席", u}, {"党组书记、常务副主席", u}, {"街道人大工委主任、工会主席", u}, {"工会工委主任", u}, {"四级调研员、工会主席", u},
		{"县总工会主席", u}, {"总工会主席", u}, {"工会主席", u}, {"街道总工会主席", u}, {"市总工会党组书记、常务副主席", u}, {"总工会党组书记", u},
		{"县总工会党组书记、主席", u}, {"县人大常委会副主任、县总工会主席", u}, {"区政协副主席、区总工会主席", u}, {"人大常委会副主任、总工会主席", u},
		{"市委常委、组织部部长、总工会主席", u}, {"党工委副书记、总工会主席", u}, {"县委副书记、县总工会主席", u}, {"总工会副主席", u},
		{"镇人大主席、工会主席", u}, {"市人大常委会副主任市总工会主席", u}, {"区人大常委会副主任、總工會主席", u}, {"县总党组书记", u},
		{"市总工会党组成员、副主席", u}, {"镇工会联合会主席", u},
		// others
		{"县长候选人", o}, {"副县长人选", o}, {"县长（提名）", o}, {"副县长级干部", o}, {"原县委书记", o}, {"前任县长", o}, {"前县长", o}, {"街道人大工委主任", o},
		{"县直机关工委书记", o}, {"党组书记", o}, {"局长", o}, {"党建办主任", o},
		{"县政府副秘书长", o}, {"州人民政府副秘书长", o}, {"副秘书长", o}, {"县政府办公室主任", o}, {"政府办主任", o}, {"县府办主任", o}, {"党政办主任", o},
		{"县长助理", o}, {"市长助理", o}, {"区长助理", o}, {"县人大常委会主任", o}, {"人大主席", o}, {"县政协主席", o}, {"政协副主席", o},
		{"县人力资源和社会保障局局长", o}, {"人社局党组书记、局长", o}, {"县发改委主任", o}, {"镇综合执法队队长", o}, {"街道综合执法队队长", o},
		{"二级巡视员", o}, {"一级调研员", o}, {"县委办公室主任", o}, {"市政府二级巡视员", o}, {"人社局党组成员、副局长", o}, {"党组成员、副局长", o},
		{"社区主任", o}, {"村党支部书记", o}, {"原县长", o}, {"县长候选人", o}, {"主任", o}, {"副主任", o}, {"团县委书记", o}, {"公司董事长", o},
		{"市长热线办公室主任", o}, {"街道党政办公室主任", o}, {"县人大常委会党组书记、主任", o}, {"驻京办事处主任", o}, {"县检察院检察长", o},
		// nobody says
		{"", none}, {"　", none}, {"—", none}, {"无", none}, {"未载明", none}, {"不详", none}, {"未注明", none}, {"县领导", none}, {"市领导", none},
		{"周春华", none}, {"陈长海", none}, {"欧阳文远", none}, {"正处级", none}, {"主要领导", none}, {"召集人", none}, {"总召集人", none}, {"领导小组组长", none}, {"县长出席并讲话", none}, {"县委副书记、县长出席会议并讲话", none},
	}
	for _, tt := range tests {
		if got, delegated := ChairRank(tt.title, ChairOptions{}); got != tt.want || delegated {
			t.Errorf("ChairRank(%q) = %v, %v, want %v, false", tt.title, got, delegated, tt.want)
		}
	}
	if len(tests) < 120 {
		t.Errorf("%d titles, want at least 120", len(tests))
	}
}

func TestChairRankDelegated(t *testing.T) {
	t.Parallel()
	tests := []struct {
		title     string
		want      record.ChairRank
		delegated bool
	}{
		{"受县长委托，副县长周春华主持", record.RankDeputy, true},
		{"副县长（受县长委托）", record.RankDeputy, true},
		{"副县长（县长委托）", record.RankDeputy, true},
		{"副县长（受委托）", record.RankDeputy, true},
		{"经县长授权，副县长主持", record.RankDeputy, true},
		{"县长（委托副县长主持）", record.RankDeputy, true},
		{"受县政府主要负责同志委托，副县长主持", record.RankDeputy, true},
		{"受县长孙立新委托，县委常委、常务副县长主持会议", record.RankDeputy, true},
		{"县长委托副县长周春华主持", record.RankDeputy, true},
		{"受区长的委托,由区政府副秘书长主持", record.RankOther, true},
		{"副县长代县长主持", record.RankDeputy, true},
		{"副县长周春华代县长主持", record.RankDeputy, true},
		{"代县长主持", record.RankPrincipal, false},
		{"县委副书记、代县长主持", record.RankPrincipal, false},
		{"县长出席并讲话，副县长主持会议", record.RankDeputy, false},
		{"副县长主持，县长出席并讲话", record.RankDeputy, false},
	}
	for _, tt := range tests {
		if got, delegated := ChairRank(tt.title, ChairOptions{}); got != tt.want || delegated != tt.delegated {
			t.Errorf("ChairRank(%q) = %v, %v, want %v, %v", tt.title, got, delegated, tt.want, tt.delegated)
		}
	}
}

func TestChairRankByUnit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		title string
		o     ChairOptions
		want  record.ChairRank
	}{
		{"主任", ChairOptions{record.LevelTownship, "鹿渡街道"}, record.RankPrincipal},
		{"党工委副书记、主任", ChairOptions{record.LevelTownship, "鹿渡街道"}, record.RankPrincipal},
		{"副主任", ChairOptions{record.LevelTownship, "鹿渡街道"}, record.RankDeputy},
		{"主任", ChairOptions{record.LevelTownship, "松坡镇"}, record.RankOther},
		{"党建办主任", ChairOptions{record.LevelTownship, "鹿渡街道"}, record.RankOther},
		{"主席", ChairOptions{record.LevelTownship, "松坡镇"}, record.RankOther},
		{"主席", ChairOptions{record.LevelCounty, "鹿塘县"}, record.RankUnion},
		{"主任", ChairOptions{record.LevelZone, "峪坡经济技术开发区"}, record.RankPrincipal},
		{"党工委书记、主任", ChairOptions{record.LevelZone, "峪坡经济技术开发区"}, record.RankPrincipal},
		{"县长", ChairOptions{record.LevelTownship, "松坡镇"}, record.RankPrincipal},
		{"副市长", ChairOptions{record.LevelCounty, "鹿塘县"}, record.RankDeputy},
		{"市长", ChairOptions{record.LevelCounty, "榆桥市"}, record.RankPrincipal},
		{"市长", ChairOptions{record.LevelCounty, "鹿塘县"}, record.RankPrincipal},
		{"松坡镇镇长", ChairOptions{record.LevelCounty, "鹿塘县"}, record.RankOther},
		{"街道办事处主任", ChairOptions{record.LevelCounty, "桐屯区"}, record.RankOther},
		{"管委会主任", ChairOptions{record.LevelCounty, "云州高新区"}, record.RankPrincipal},
		{"景区管委会主任", ChairOptions{record.LevelCounty, "鹿塘县"}, record.RankOther},
		{"区长", ChairOptions{record.LevelCity, "桐屯区"}, record.RankPrincipal},
		{"鹿塘县县长", ChairOptions{record.LevelCity, "云州市"}, record.RankOther},
		{"市委副书记、市长", ChairOptions{record.LevelCity, "云州市"}, record.RankPrincipal},
	}
	for _, tt := range tests {
		if got, _ := ChairRank(tt.title, tt.o); got != tt.want {
			t.Errorf("ChairRank(%q, %+v) = %v, want %v", tt.title, tt.o, got, tt.want)
		}
	}
}
