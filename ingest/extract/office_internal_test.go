package extract

import "testing"

func TestSameOffices(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"区总工会", "总工会", true},
		{"区总工会", "南浦区总工会", true},
		{"区人力资源和社会保障局", "人力资源社会保障局", true},
		{"区人力资源和社会保障局", "区人社局", true},
		{"县住房和城乡建设局", "住建局", true},
		{"县发展和改革委员会", "县发改委", true},
		{"市市场监督管理局", "市场监督管理局", true},
		{"市场监督管理局", "县市场监管局", true},
		{"区总工会、区财政局", "财政局、总工会", true},
		{"县住建局", "县城管局", false},
		{"区财政局", "区民政局", false},
		{"镇总工会", "县总工会", false},
		{"南浦区总工会", "霁湖区总工会", false},
		{"区总工会、区财政局", "总工会", false},
		{"县文化和旅游局", "县文物局", false},
	} {
		if got := sameOffices(tc.a, tc.b); got != tc.want {
			t.Errorf("sameOffices(%s, %s) = %t", tc.a, tc.b, got)
		}
		if got := sameOffices(tc.b, tc.a); got != tc.want {
			t.Errorf("sameOffices(%s, %s) = %t", tc.b, tc.a, got)
		}
	}
}
