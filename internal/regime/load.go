package regime

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"unicode/utf8"

	"liandu/internal/fault"
)

//go:embed profile/*.toml clause/*.txt
var embedded embed.FS

// Load returns the built-in regimes in the order of their ids, then the user's own: every *.toml of the folder
// user, each with its document's text in <same name>.txt. A nil folder, or one that does not exist, holds none.
// A user's file that cannot be read, has any Issue, or takes an id already in use is refused.
func Load(user fs.FS) ([]*Regime, error) {
	all, err := builtIn()
	if err != nil || user == nil {
		return all, err
	}
	names, err := fs.Glob(user, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list regime files: %w", err)
	}
	sort.Strings(names)
	for _, name := range names {
		r, err := ReadFile(user, name)
		if err != nil {
			return nil, err
		}
		if issues := Check(r); len(issues) > 0 {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("制度规则文件「%s」：%s", name, issues[0].Message), issues[0].Hint)
		}
		if _, err := Find(all, r.ID); err == nil {
			return nil, fault.New(fault.Conflict, fmt.Sprintf("制度规则文件「%s」的 id「%s」已被另一制度使用。", name, r.ID),
				"请换一个 id，例如在后面加上年份。")
		}
		all = append(all, r)
	}
	return all, nil
}

// ReadFile reads one regime file of a folder with the text beside it; it does not Check it. A clause may be cited from one
// of others.
func ReadFile(dir fs.FS, name string, others ...*Regime) (*Regime, error) {
	return ReadFiles(name, dir, strings.TrimSuffix(name, ".toml")+".txt", dir, others...)
}

// ReadFiles reads one regime file and its document's text, which need not lie beside it nor, where every clause is cited
// from another regime, be there at all.
func ReadFiles(name string, dir fs.FS, beside string, textDir fs.FS, others ...*Regime) (*Regime, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, fmt.Sprintf("读不到制度规则文件「%s」。", name), "请核对文件名和所在文件夹。", err)
	}
	text, err := fs.ReadFile(textDir, beside)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(fault.Invalid, fmt.Sprintf("读不到文件原文「%s」。", beside), "请核对该文件的读取权限。", err)
	}
	for _, f := range []struct {
		name    string
		content []byte
	}{{name, data}, {beside, text}} {
		if !utf8.Valid(f.content) {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("文件「%s」不是 UTF-8 编码。", f.name), "请另存为 UTF-8 编码后再用。")
		}
	}
	return Parse(name, data, text, others...)
}

// Find returns the regime of that id. An unknown id is fault.NotFound and names those there are.
func Find(all []*Regime, id string) (*Regime, error) {
	ids := make([]string, 0, len(all))
	for _, r := range all {
		if r.ID == id {
			return r, nil
		}
		ids = append(ids, r.ID)
	}
	return nil, fault.New(fault.NotFound, fmt.Sprintf("没有名为「%s」的制度规则。", id),
		"现有："+strings.Join(ids, "、")+"。")
}

func builtIn() ([]*Regime, error) {
	names, err := fs.Glob(embedded, "profile/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list built-in regimes: %w", err)
	}
	all := make([]*Regime, 0, len(names))
	for _, name := range names {
		id := strings.TrimSuffix(strings.TrimPrefix(name, "profile/"), ".toml")
		data, err := embedded.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read built-in regime %s: %w", id, err)
		}
		text, err := embedded.ReadFile("clause/" + id + ".txt")
		if err != nil {
			return nil, fmt.Errorf("read built-in regime %s: %w", id, err)
		}
		r, err := Parse(name, data, text)
		if err != nil {
			return nil, err
		}
		r.BuiltIn = true
		all = append(all, r)
	}
	return all, nil
}
