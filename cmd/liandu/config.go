package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"liandu/internal/fault"
)

// config is what every command shares. Defaults < LIANDU_DATA < --data.
type config struct {
	Data string // absolute path of the data folder
	Cwd  string
}

// configure takes --data out of the arguments, before or after the command's name, and returns the rest.
func configure(w world) (config, []string, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return config{}, nil, fmt.Errorf("working directory: %w", err)
	}
	data := w.getenv("LIANDU_DATA")
	var rest []string
	for i := 0; i < len(w.args); i++ {
		a := w.args[i]
		value, isSet := strings.CutPrefix(a, "--data=")
		switch {
		case isSet:
			data = value
		case a == "--data" || a == "-data":
			if i+1 == len(w.args) {
				return config{}, nil, fault.New(fault.Usage, "参数 --data 后面没有目录。", "请写成 --data 目录。")
			}
			i++
			data = w.args[i]
		case a == "--":
			rest = append(rest, w.args[i:]...)
			i = len(w.args)
		default:
			rest = append(rest, a)
		}
	}
	if data == "" {
		data = "data"
	}
	if !filepath.IsAbs(data) {
		data = filepath.Join(cwd, data)
	}
	return config{Data: data, Cwd: cwd}, rest, nil
}
