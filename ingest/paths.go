package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"liandu/internal/fault"
)

// Paths lists the files to take in: files as named, and of folders all files below, in name order, without lock files
// of open workbooks and hidden files. It returns fault.Usage for a path that does not exist and for nothing found.
func Paths(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if errors.Is(err, os.ErrNotExist) {
			return nil, fault.New(fault.Usage, fmt.Sprintf("文件或文件夹「%s」不存在。", p), "请检查路径。")
		}
		if err != nil {
			return nil, fault.Wrap(fault.Usage, fmt.Sprintf("文件或文件夹「%s」无法读取。", p), "请检查当前用户是否有读取权限。", err)
		}
		if !info.IsDir() {
			out = append(out, p)
			continue
		}
		files, err := folder(p)
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Usage, "没有找到要接收的文件。", "请指定报表文件、文件夹或压缩包。")
	}
	return out, nil
}

func folder(root string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != root && litter(d.Name()):
			if d.IsDir() {
				return filepath.SkipDir
			}
		case d.Type().IsRegular():
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		return nil, fault.Wrap(fault.Usage, fmt.Sprintf("文件夹「%s」无法读取。", root), "请检查当前用户是否有读取权限。", err)
	}
	sort.Strings(out)
	return out, nil
}
