package dashboard

import (
	"net/http"
	"slices"
	"sync"

	"github.com/gin-gonic/gin"

	"liandu/internal/auth"
	"liandu/internal/matter"
)

// todoPath is the page of the navigation that carries a count.
const todoPath = "/todo"

// handler answers one request, or returns why it did not: errors.go then answers.
type handler func(s *Server, c *gin.Context) error

// route is one row of the table. Every GET answers HEAD too, unless once.
type route struct {
	method     string
	path       string
	permission auth.Permission
	handler    handler
	limit      int64 // of the body; 0 is bodyLimit
	once       bool  // what it does is done once: no HEAD
	kept       bool  // a page of figures: kept until the facts change (kept.go)
}

// routes is every address of the site. The test walks it for every role.
func routes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: "/healthz", permission: auth.Public, handler: (*Server).health},
		{method: get, path: "/static/*path", permission: auth.Public, handler: (*Server).static},

		{method: get, path: "/signin", permission: auth.Public, handler: (*Server).signin},
		{method: post, path: "/signin", permission: auth.Public, handler: (*Server).signinPost},
		{method: get, path: "/setup", permission: auth.Public, handler: (*Server).setup},
		{method: post, path: "/setup", permission: auth.Public, handler: (*Server).setupPost},
		{method: get, path: "/demo", permission: auth.Public, handler: (*Server).demo, once: true},
		{method: post, path: "/signout", permission: auth.SignedIn, handler: (*Server).signout},
		{method: get, path: "/password", permission: auth.SignedIn, handler: (*Server).password},
		{method: post, path: "/password", permission: auth.SignedIn, handler: (*Server).passwordPost},

		{method: get, path: "/", permission: auth.ReadFigures, handler: (*Server).overview, kept: true},
		{method: get, path: "/briefing.xlsx", permission: auth.ReadFigures, handler: (*Server).briefing},
		{method: get, path: "/unit", permission: auth.ReadFigures, handler: (*Server).unitList, kept: true},
		{method: get, path: "/unit.xlsx", permission: auth.ReadFigures, handler: (*Server).unitListFile},
		{method: get, path: "/unit.csv", permission: auth.ReadFigures, handler: (*Server).unitListFile},
		{method: get, path: "/unit/:code", permission: auth.ReadFigures, handler: (*Server).unit, kept: true},
		{method: get, path: "/meetings", permission: auth.ReadFigures, handler: (*Server).meetings, kept: true},
		{method: get, path: "/meetings.xlsx", permission: auth.ReadFigures, handler: (*Server).meetingsFile},
		{method: get, path: "/meetings.csv", permission: auth.ReadFigures, handler: (*Server).meetingsFile},
		{method: get, path: "/resolutions", permission: auth.ReadFigures, handler: (*Server).resolutions, kept: true},
		{method: get, path: "/resolutions.xlsx", permission: auth.ReadFigures, handler: (*Server).resolutionsFile},
		{method: get, path: "/resolutions.csv", permission: auth.ReadFigures, handler: (*Server).resolutionsFile},
		{method: get, path: "/findings", permission: auth.ReadFigures, handler: (*Server).findings, kept: true},
		{method: get, path: "/findings.xlsx", permission: auth.ReadFigures, handler: (*Server).findingsFile},
		{method: get, path: "/findings.csv", permission: auth.ReadFigures, handler: (*Server).findingsFile},
		{method: get, path: "/regimes", permission: auth.ReadFigures, handler: (*Server).regimes, kept: true},
		{method: get, path: "/regimes/adjust", permission: auth.ChangeRules, handler: (*Server).adjust},
		{method: post, path: "/regimes/adjust", permission: auth.ChangeRules, handler: (*Server).adjustPost},
		{method: get, path: "/regimes/suspend", permission: auth.ChangeRules, handler: (*Server).suspend},
		{method: post, path: "/regimes/suspend", permission: auth.ChangeRules, handler: (*Server).suspendPost},
		{method: get, path: "/regimes/new", permission: auth.ChangeRules, handler: (*Server).newRegime},
		{method: post, path: "/regimes/new", permission: auth.ChangeRules, handler: (*Server).newRegimePost},
		{method: get, path: "/regimes/adopt", permission: auth.ChangeRules, handler: (*Server).adopt},
		{method: post, path: "/regimes/adopt", permission: auth.ChangeRules, handler: (*Server).adoptPost},
		{method: post, path: "/regimes/revert", permission: auth.ChangeRules, handler: (*Server).revert},
		{method: get, path: "/explain", permission: auth.ReadFigures, handler: (*Server).explain, kept: true},
		{method: get, path: "/move", permission: auth.ReadFigures, handler: (*Server).move, kept: true},
		{method: get, path: "/source/:id", permission: auth.ReadFiles, handler: (*Server).source},

		{method: get, path: "/todo", permission: auth.ReadFigures, handler: (*Server).todo},
		{method: get, path: "/matters", permission: auth.ReadFigures, handler: (*Server).matters, kept: true},
		{method: get, path: "/matters.xlsx", permission: auth.ReadFigures, handler: (*Server).mattersFile},
		{method: get, path: "/matters.csv", permission: auth.ReadFigures, handler: (*Server).mattersFile},
		{method: get, path: "/matters/new", permission: auth.Supervise, handler: (*Server).matterNew},
		{method: post, path: "/matters/new", permission: auth.Supervise, handler: (*Server).matterNewPost, limit: matterLimit},
		{method: get, path: "/matters/:id", permission: auth.ReadFigures, handler: (*Server).matter},
		{method: get, path: "/matters/:id/files/:sum", permission: auth.ReadFigures, handler: (*Server).matterFile},
		{method: post, path: "/matters/:id/assigned", permission: auth.Supervise, handler: matterStep(matter.Assign), limit: matterLimit},
		{method: post, path: "/matters/:id/received", permission: auth.Answer, handler: matterStep(matter.Receive), limit: matterLimit},
		{method: post, path: "/matters/:id/replied", permission: auth.Answer, handler: matterStep(matter.Reply), limit: matterLimit},
		{method: post, path: "/matters/:id/checked", permission: auth.Supervise, handler: matterStep(matter.Check), limit: matterLimit},
		{method: post, path: "/matters/:id/returned", permission: auth.Supervise, handler: matterStep(matter.Return), limit: matterLimit},
		{method: post, path: "/matters/:id/closed", permission: auth.Supervise, handler: matterStep(matter.Close), limit: matterLimit},
		{method: post, path: "/matters/:id/reopened", permission: auth.Supervise, handler: matterStep(matter.Reopen), limit: matterLimit},
		{method: post, path: "/matters/:id/cancelled", permission: auth.Supervise, handler: matterStep(matter.Cancel), limit: matterLimit},
		{method: post, path: "/matters/:id/extended", permission: auth.Supervise, handler: matterStep(matter.Extend), limit: matterLimit},
		{method: get, path: "/closing", permission: auth.Supervise, handler: (*Server).closing},
		{method: post, path: "/closing/check", permission: auth.Supervise, handler: (*Server).closingCheck, limit: matterLimit},
		{method: post, path: "/closing/close", permission: auth.Supervise, handler: (*Server).closingClose, limit: matterLimit},

		{method: get, path: "/submissions", permission: auth.ReadFiles, handler: (*Server).submissions},
		{method: post, path: "/submissions", permission: auth.Submit, handler: (*Server).submissionsPost, limit: uploadLimit},
		{method: get, path: "/submissions/all", permission: auth.ReadFiles, handler: (*Server).submissionList},
		{method: get, path: "/submissions/:id", permission: auth.ReadFiles, handler: (*Server).submission},
		{method: post, path: "/submissions/:id/decide", permission: auth.Decide, handler: (*Server).decide},
		{method: post, path: "/submissions/:id/withdraw", permission: auth.Submit, handler: (*Server).withdraw},
		{method: post, path: "/submissions/accept", permission: auth.Decide, handler: (*Server).acceptAll},
		{method: get, path: "/submissions/:id/original", permission: auth.ReadFiles, handler: (*Server).original},
		{method: get, path: "/submissions/:id/marked", permission: auth.ReadFiles, handler: (*Server).marked},
		{method: get, path: "/submissions/:id/columns", permission: auth.Decide, handler: (*Server).columns},
		{method: post, path: "/submissions/:id/columns", permission: auth.Decide, handler: (*Server).columnsPost},
		{method: post, path: "/submissions/:id/columns/withdraw", permission: auth.Decide, handler: (*Server).columnsWithdraw},
		{method: get, path: "/submissions/:id/names", permission: auth.Decide, handler: (*Server).names},
		{method: post, path: "/submissions/:id/names", permission: auth.Decide, handler: (*Server).namesPost},
		{method: get, path: "/reports", permission: auth.ReadFiles, handler: (*Server).reports},
		{method: get, path: "/reports/:id", permission: auth.ReadFiles, handler: (*Server).report},
		{method: post, path: "/reports/:id", permission: auth.Decide, handler: (*Server).reportPost},
		{method: get, path: "/templates", permission: auth.ReadFiles, handler: (*Server).blanks},
		{method: get, path: "/templates/:unit", permission: auth.ReadFiles, handler: (*Server).blank},

		{method: get, path: "/documents", permission: auth.ReadPapers, handler: (*Server).documents},
		{method: get, path: "/documents/draft", permission: auth.DraftPapers, handler: (*Server).draft},
		{method: get, path: "/documents/draft.docx", permission: auth.DraftPapers, handler: (*Server).draftFile},
		{method: get, path: "/documents/drafts.zip", permission: auth.DraftPapers, handler: (*Server).draftFiles},
		{method: get, path: "/documents/corrections", permission: auth.DraftPapers, handler: (*Server).corrections},
		{method: post, path: "/documents/settings", permission: auth.IssuePapers, handler: (*Server).paperSettings},
		{method: get, path: "/documents/check", permission: auth.IssuePapers, handler: (*Server).paperCheck},
		{method: post, path: "/documents/check", permission: auth.IssuePapers, handler: (*Server).paperCheckPost, limit: paperLimit},
		{method: get, path: "/documents/issue", permission: auth.IssuePapers, handler: (*Server).issuePage},
		{method: post, path: "/documents/issue", permission: auth.IssuePapers, handler: (*Server).issuePost},
		{method: get, path: "/documents/issued.zip", permission: auth.ReadPapers, handler: (*Server).issuedFiles},
		{method: get, path: "/documents/:id", permission: auth.ReadPapers, handler: (*Server).document},
		{method: get, path: "/documents/:id/file", permission: auth.ReadPapers, handler: (*Server).documentFile},
		{method: get, path: "/documents/:id/generated", permission: auth.DraftPapers, handler: (*Server).documentGenerated},

		{method: get, path: "/admin", permission: auth.Manage, handler: (*Server).accounts},
		{method: post, path: "/admin/accounts", permission: auth.Manage, handler: (*Server).accountAdd},
		{method: post, path: "/admin/accounts/:login/password", permission: auth.Manage, handler: (*Server).accountReset},
		{method: post, path: "/admin/accounts/:login/disable", permission: auth.Manage, handler: (*Server).accountDisable},
		{method: post, path: "/admin/accounts/:login/enable", permission: auth.Manage, handler: (*Server).accountEnable},
		{method: get, path: "/admin/units", permission: auth.Manage, handler: (*Server).units},
		{method: get, path: "/admin/settings", permission: auth.Manage, handler: (*Server).settings},
		{method: post, path: "/admin/settings", permission: auth.Manage, handler: (*Server).settingsPost},
		{method: get, path: "/admin/data", permission: auth.Manage, handler: (*Server).data},
		{method: post, path: "/admin/verify", permission: auth.Manage, handler: (*Server).verify},
		{method: post, path: "/admin/backup", permission: auth.Manage, handler: (*Server).backup},
		{method: get, path: "/audit", permission: auth.ReadAudit, handler: (*Server).audit},

		{method: get, path: "/api/v1/metrics", permission: auth.ReadFigures, handler: (*Server).apiMetrics},
		{method: get, path: "/api/v1/findings", permission: auth.ReadFigures, handler: (*Server).apiFindings},
		{method: post, path: "/api/v1/submissions", permission: auth.Submit, handler: (*Server).apiSubmit, limit: uploadLimit},
	}
}

// nav is the main navigation in its order; an account sees of it what it may open.
func nav() []navItem {
	return []navItem{
		{Name: "总览", Path: "/"},
		{Name: "单位", Path: "/unit"},
		{Name: "会议台账", Path: "/meetings"},
		{Name: "议定事项台账", Path: "/resolutions"},
		{Name: "问题清单", Path: "/findings"},
		{Name: "待办", Path: todoPath, Under: []string{"/matters", "/closing"}},
		{Name: "报送管理", Path: "/submissions", Under: []string{"/reports"}},
		{Name: "通报与督导函", Path: "/documents"},
		{Name: "制度规则", Path: "/regimes"},
		{Name: "系统管理", Path: "/admin"},
		{Name: "操作日志", Path: "/audit"},
	}
}

// quietGin stops Gin from printing; its mode belongs to the whole process.
var quietGin = sync.OnceFunc(func() { gin.SetMode(gin.ReleaseMode) })

func (s *Server) newEngine() *gin.Engine {
	quietGin()
	e := gin.New()
	e.ForwardedByClientIP = false
	e.RedirectTrailingSlash = false
	e.HandleMethodNotAllowed = true
	e.UseRawPath, e.UnescapePathValues = true, true
	e.Use(s.requestID, s.headers, s.rescue, s.crossOrigin)
	for _, r := range s.table {
		e.Handle(r.method, r.path, s.guard(r))
		if r.method == http.MethodGet && !r.once {
			e.Handle(http.MethodHead, r.path, s.guard(r))
		}
	}
	// Whoever asks, the answer is the same; who it is only decides what the page's head shows.
	e.NoRoute(func(c *gin.Context) { _ = s.identify(c); s.answer(c, errNoPage()) })
	e.NoMethod(func(c *gin.Context) { _ = s.identify(c); s.answer(c, errNoMethod()) })
	return e
}

// opens reports whether the account may open a path of the navigation, and whether there is such a page.
func (s *Server) opens(a auth.Account, path string) bool {
	return slices.ContainsFunc(s.table, func(r route) bool {
		return r.method == http.MethodGet && r.path == path && auth.Can(a, r.permission, "")
	})
}
