package dashboard

import "liandu/dashboard/view"

// pages declares every page template, in the order of the navigation.
func pages() []page {
	charts := []string{"vendor/echarts/echarts.min.js", "js/chart.js"}
	return []page{
		{name: "signin", data: signinPage{}, bare: true},
		{name: "setup", data: setupPage{}, bare: true},
		{name: "password", data: passwordPage{}},
		{name: "overview", data: overviewPage{}, scripts: charts, context: true},
		{name: "units", data: view.UnitList{}, context: true},
		{name: "unit", data: unitPage{}, scripts: charts, context: true},
		{name: "meetings", data: meetingsPage{}, scripts: []string{"js/ledger.js"}, context: true, fill: true, wide: true},
		{name: "resolutions", data: resolutionsPage{}, scripts: []string{"js/ledger.js"}, context: true, fill: true, wide: true},
		{name: "findings", data: view.Findings{}, context: true},
		{name: "regimes", data: view.Regimes{}, context: true},
		{name: "regime_adjust", data: view.Adjust{}, scripts: []string{"js/rule.js"}},
		{name: "regime_suspend", data: view.Suspend{}},
		{name: "regime_new", data: view.NewRegimeForm{}},
		{name: "regime_adopt", data: view.Adopt{}},
		{name: "explain", data: explainPage{}, context: true, fill: true, wide: true},
		{name: "move", data: view.Move{}, context: true, fill: true, wide: true},
		{name: "move_score", data: view.ScoreMove{}, context: true},
		{name: "reports", data: view.Reports{}},
		{name: "report", data: view.ReportPage{}},
		{name: "source", data: view.Source{}, context: true, fill: true, wide: true},
		{name: "todo", data: view.Todo{}, context: true},
		{name: "matters", data: view.Matters{}, context: true},
		{name: "matter", data: view.Matter{}, context: true},
		{name: "matter_new", data: view.MatterNew{}, context: true},
		{name: "closing", data: view.Closing{}, scripts: []string{"js/pick.js"}, context: true},
		{name: "submissions", data: view.Submissions{}, scripts: []string{"js/upload.js"}, context: true},
		{name: "submission_list", data: view.SubmissionList{}, context: true, fill: true, wide: true},
		{name: "submission", data: view.Submission{}, scripts: []string{"js/keep.js"}, context: true},
		{name: "documents", data: view.Documents{}, context: true},
		{name: "document_draft", data: view.DraftPage{}, scripts: []string{"js/paper.js"}, context: true},
		{name: "document_issue", data: view.IssuePage{}, context: true},
		{name: "document_check", data: view.CheckPage{}, context: true},
		{name: "document", data: view.DocumentPage{}, scripts: []string{"js/paper.js"}, context: true},
		{name: "document_settings", data: view.GapForm{}},
		{name: "corrections", data: view.Corrections{}, context: true},
		{name: "columns", data: view.Columns{}, context: true},
		{name: "names", data: view.Names{}, context: true},
		{name: "admin_accounts", data: view.Accounts{}},
		{name: "admin_units", data: view.Units{}, fill: true},
		{name: "admin_settings", data: view.Settings{}},
		{name: "admin_data", data: view.Data{}},
		{name: "audit", data: view.Audit{}, fill: true, wide: true},
		{name: "error", data: errorPage{}},
	}
}
