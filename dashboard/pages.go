package dashboard

// pages declares every page template, in the order of the navigation.
func pages() []page {
	return []page{
		{name: "signin", data: signinPage{}, bare: true},
		{name: "setup", data: setupPage{}, bare: true},
		{name: "password", data: passwordPage{}},
		{name: "error", data: errorPage{}},
	}
}
