package dashboard

import "liandu/dashboard/view"

// pages declares every page template, in the order of the navigation.
func pages() []page {
	return []page{
		{name: "signin", data: signinPage{}, bare: true},
		{name: "setup", data: setupPage{}, bare: true},
		{name: "password", data: passwordPage{}},
		{name: "submissions", data: view.Submissions{}, scripts: []string{"js/upload.js"}, context: true},
		{name: "submission_list", data: view.SubmissionList{}, context: true, fill: true, wide: true},
		{name: "submission", data: view.Submission{}, context: true},
		{name: "admin_accounts", data: view.Accounts{}},
		{name: "admin_units", data: view.Units{}, fill: true},
		{name: "admin_data", data: view.Data{}},
		{name: "audit", data: view.Audit{}, fill: true, wide: true},
		{name: "error", data: errorPage{}},
	}
}
