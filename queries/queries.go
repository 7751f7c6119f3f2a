package queries

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"liandu/internal/store"
)

//go:embed base/*.sql set/*.sql metric/*.sql rule/*.sql list/*.sql explain/*.sql trace/*.sql
var embedded embed.FS

// baseOrder lists the base macros so that each comes after those it reads.
var baseOrder = [...]string{
	"accepted_submission", "registered_unit", "unit_heir",
	"current_meeting", "current_resolution", "current_establishment",
}

// setOrder lists the sets of one evaluation so that each comes after those it reads.
var setOrder = [...]string{
	"unit_heir", "valid_unit", "unit_ancestor", "unit_submitter", "obligated_unit", "current_meeting", "closing", "item",
	"population", "annual", "establishment_unit", "receipt",
}

// Base returns the macros in which "which row counts" is said once, in the order to create them.
func Base() []store.Macro {
	var out []store.Macro
	for _, name := range baseOrder {
		b, err := embedded.ReadFile("base/" + name + ".sql")
		if err != nil {
			panic(err) // the binary was built without its own files
		}
		out = append(out, store.Macro{Name: name, SQL: string(b)})
	}
	return out
}

// file is one SQL file with what its header promises.
type file struct {
	path  string
	name  string
	text  string
	in    []string // parameter names without $, sorted
	reads []string
	out   []string // column names in order
}

// library is every file by its path, "metric/overdue.sql".
type library map[string]*file

// loadLibrary reads and checks every embedded file but the base macros, which the store creates.
func loadLibrary() (library, error) {
	lib := library{}
	for _, dir := range []string{"set", "metric", "rule", "list", "explain", "trace"} {
		entries, err := embedded.ReadDir(dir)
		if err != nil {
			return nil, fmt.Errorf("read queries/%s: %w", dir, err)
		}
		for _, e := range entries {
			p := dir + "/" + e.Name()
			b, err := embedded.ReadFile(p)
			if err != nil {
				return nil, fmt.Errorf("read queries/%s: %w", p, err)
			}
			f, err := parseFile(p, string(b))
			if err != nil {
				return nil, err
			}
			lib[p] = f
		}
	}
	return lib, nil
}

var (
	headLine  = regexp.MustCompile(`^-- ([a-z0-9_]+)(?: \S+)?: (.+)$`)
	fieldLine = regexp.MustCompile(`^-- (in|reads|grain|out|note):\s*(.*)$`)
	parameter = regexp.MustCompile(`\$([a-z_][a-z0-9_]*)`)
)

// parseFile reads a file's header and refuses one whose name, parameters or fields do not agree with its text.
func parseFile(p, text string) (*file, error) {
	f := &file{path: p, name: strings.TrimSuffix(path.Base(p), ".sql"), text: text}
	head, body := splitHeader(text)
	if len(head) == 0 {
		return nil, fmt.Errorf("queries/%s: no header", p)
	}
	m := headLine.FindStringSubmatch(head[0])
	if m == nil || m[1] != f.name {
		return nil, fmt.Errorf("queries/%s: the first line must be %q", p, "-- "+f.name+" 名称: what it says")
	}
	fields, err := headerFields(p, head[1:])
	if err != nil {
		return nil, err
	}
	for _, need := range []string{"in", "reads", "grain", "out"} {
		if _, ok := fields[need]; !ok {
			return nil, fmt.Errorf("queries/%s: the header lacks %q", p, need)
		}
	}
	for _, d := range splitList(fields["in"]) {
		f.in = append(f.in, strings.TrimPrefix(firstWord(d), "$"))
	}
	for _, d := range splitList(fields["out"]) {
		f.out = append(f.out, firstWord(d))
	}
	f.reads = splitList(fields["reads"])
	slices.Sort(f.in)
	if used := parametersOf(body); !slices.Equal(used, f.in) {
		return nil, fmt.Errorf("queries/%s: the header says parameters %v, the statement uses %v", p, f.in, used)
	}
	if strings.Contains(strings.TrimSpace(body), ";") {
		return nil, fmt.Errorf("queries/%s: one statement a file, without a semicolon", p)
	}
	return f, nil
}

func splitHeader(text string) (head []string, body string) {
	lines := strings.Split(text, "\n")
	i := 0
	for i < len(lines) && strings.HasPrefix(lines[i], "--") {
		i++
	}
	return lines[:i], strings.Join(lines[i:], "\n")
}

func headerFields(p string, lines []string) (map[string]string, error) {
	fields := map[string]string{}
	last := ""
	for _, line := range lines {
		if m := fieldLine.FindStringSubmatch(line); m != nil {
			last = m[1]
			fields[last] = strings.TrimSpace(fields[last] + " " + m[2])
			continue
		}
		if !strings.HasPrefix(line, "--   ") || last == "" {
			return nil, fmt.Errorf("queries/%s: header line %q is neither a field nor its continuation", p, line)
		}
		fields[last] += " " + strings.TrimSpace(strings.TrimPrefix(line, "--"))
	}
	return fields, nil
}

func splitList(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

func parametersOf(body string) []string {
	seen := map[string]bool{}
	for _, m := range parameter.FindAllStringSubmatch(body, -1) {
		seen[m[1]] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// params are named parameters; every file gets exactly those its header names.
type params map[string]any

// of picks what a file asks for. A parameter it asks for and nobody gives is an error, never a null.
func (p params) of(f *file) (params, error) {
	out := params{}
	for _, name := range f.in {
		v, ok := p[name]
		if !ok {
			return nil, fmt.Errorf("queries/%s: parameter %s is not given", f.path, name)
		}
		out[name] = v
	}
	return out, nil
}

// named returns the arguments for the driver. It compares names itself: the driver would bind a misspelt one by
// position and answer with a wrong number.
func (p params) named(f *file) ([]any, error) {
	if given := slices.Sorted(maps.Keys(p)); !slices.Equal(given, f.in) {
		return nil, fmt.Errorf("queries/%s: asks for parameters %v, was given %v", f.path, f.in, given)
	}
	var args []any
	for _, name := range f.in {
		args = append(args, sql.Named(name, p[name]))
	}
	return args, nil
}

// querier is a transaction or a connection.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// run answers a file as rows of T, whose fields name their columns with a `col` tag. It refuses when parameters or
// columns of file, header and call are not the same.
func run[T any](ctx context.Context, db querier, f *file, p params) ([]T, error) {
	args, err := p.named(f)
	if err != nil {
		return nil, err
	}
	index, err := columnIndex(reflect.TypeFor[T](), f)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, f.text, args...)
	if err != nil {
		return nil, fmt.Errorf("run queries/%s: %w", f.path, err)
	}
	defer rows.Close()
	got, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("run queries/%s: %w", f.path, err)
	}
	if !slices.Equal(got, f.out) {
		return nil, fmt.Errorf("queries/%s: the header says columns %v, the statement gives %v", f.path, f.out, got)
	}
	var out []T
	values, targets := make([]any, len(got)), make([]any, len(got))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("scan queries/%s: %w", f.path, err)
		}
		var row T
		v := reflect.ValueOf(&row).Elem()
		for i, name := range got {
			if err := assign(v.FieldByIndex(index[name]), values[i]); err != nil {
				return nil, fmt.Errorf("scan queries/%s, column %s: %w", f.path, name, err)
			}
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("run queries/%s: %w", f.path, err)
	}
	return out, nil
}

// columnIndex maps every column of the file to the field of t that holds it; both must name the same columns.
func columnIndex(t reflect.Type, f *file) (map[string][]int, error) {
	index := map[string][]int{}
	for _, field := range reflect.VisibleFields(t) {
		if name := field.Tag.Get("col"); name != "" {
			index[name] = field.Index
		}
	}
	have := slices.Sorted(maps.Keys(index))
	want := slices.Sorted(slices.Values(f.out))
	if !slices.Equal(have, want) {
		return nil, fmt.Errorf("queries/%s: the header says columns %v, %s takes %v", f.path, want, t.Name(), have)
	}
	return index, nil
}

// assign puts a value of the driver into a field; null leaves the zero value.
func assign(dst reflect.Value, v any) error {
	if v == nil {
		return nil
	}
	if s, ok := dst.Addr().Interface().(sql.Scanner); ok {
		return s.Scan(v)
	}
	if dst.Kind() == reflect.Pointer {
		p := reflect.New(dst.Type().Elem())
		if err := assign(p.Elem(), v); err != nil {
			return err
		}
		dst.Set(p)
		return nil
	}
	if list, ok := v.([]any); ok && dst.Kind() == reflect.Slice {
		out := reflect.MakeSlice(dst.Type(), len(list), len(list))
		for i, x := range list {
			if err := assign(out.Index(i), x); err != nil {
				return err
			}
		}
		dst.Set(out)
		return nil
	}
	src := reflect.ValueOf(v)
	sameKind := src.Kind() == dst.Kind() || src.CanInt() && dst.CanInt()
	if !sameKind || !src.CanConvert(dst.Type()) {
		return fmt.Errorf("cannot put %T into %s", v, dst.Type())
	}
	dst.Set(src.Convert(dst.Type()))
	return nil
}
