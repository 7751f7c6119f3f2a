package dashboard

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"text/template/parse"
)

//go:embed template
var templateFiles embed.FS

// page declares a template of template/page and what it is given. A page defines "title" and "main", both executed
// with its data, and gets the layout around them.
type page struct {
	name    string   // template/page/<name>.html
	data    any      // an example of its data; the zero value must render
	scripts []string // assets it loads beside js/ui.js
	bare    bool     // no navigation, no context bar
	context bool     // has the context bar 口径栏
	fill    bool     // fills the window and scrolls inside
	wide    bool     // prints on A4 landscape
}

// pageTemplate is a page with its parsed template.
type pageTemplate struct {
	page
	template *template.Template
}

// loadTemplates parses the layout, the partials and every page. It fails on a page that is declared and not there, one
// that is there and not declared, a partial nobody uses and an asset that does not exist.
func loadTemplates(files fs.FS, pages []page, a *assets) (map[string]*pageTemplate, error) {
	base, err := template.New("").Funcs(template.FuncMap{"asset": a.address}).
		ParseFS(files, "template/layout.html", "template/partial/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse layout: %w", err)
	}
	loaded, used := map[string]*pageTemplate{}, map[string]bool{}
	for _, p := range pages {
		set, err := template.Must(base.Clone()).ParseFS(files, "template/page/"+p.name+".html")
		if err != nil {
			return nil, fmt.Errorf("parse page %s: %w", p.name, err)
		}
		for _, part := range []string{"title", "main"} {
			if set.Lookup(part) == nil {
				return nil, fmt.Errorf("page %s does not define %q", p.name, part)
			}
		}
		for _, script := range p.scripts {
			if _, err := a.address(script); err != nil {
				return nil, fmt.Errorf("page %s: %w", p.name, err)
			}
		}
		for _, t := range set.Templates() {
			if t.Tree != nil {
				calls(t.Tree.Root, used)
			}
		}
		if loaded[p.name] != nil {
			return nil, fmt.Errorf("page %s is declared twice", p.name)
		}
		loaded[p.name] = &pageTemplate{page: p, template: set}
	}
	return loaded, checkUsed(files, base, loaded, used)
}

func checkUsed(files fs.FS, base *template.Template, loaded map[string]*pageTemplate, used map[string]bool) error {
	names, err := fs.Glob(files, "template/page/*.html")
	if err != nil {
		return fmt.Errorf("list pages: %w", err)
	}
	for _, name := range names {
		if loaded[strings.TrimSuffix(path.Base(name), ".html")] == nil {
			return fmt.Errorf("%s is not declared in pages.go", name)
		}
	}
	for _, t := range base.Templates() {
		if name := t.Name(); name != "" && name != "layout" && !strings.HasSuffix(name, ".html") && !used[name] {
			return fmt.Errorf("template %q is used by nothing", name)
		}
	}
	return nil
}

// calls collects the names of the templates a tree calls.
func calls(n parse.Node, used map[string]bool) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			calls(child, used)
		}
	case *parse.IfNode:
		calls(n.List, used)
		calls(n.ElseList, used)
	case *parse.RangeNode:
		calls(n.List, used)
		calls(n.ElseList, used)
	case *parse.WithNode:
		calls(n.List, used)
		calls(n.ElseList, used)
	case *parse.TemplateNode:
		used[n.Name] = true
	}
}
