//go:build unix

package ingest

import "syscall"

// limitAddressSpace makes the system refuse this process more than n bytes of address space; where it cannot be set
// the parent's watch over resident memory is what is left.
func limitAddressSpace(n uint64) {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &l); err != nil {
		return
	}
	l.Cur = min(n, l.Max)
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &l)
}

// childAttr puts the parser into its own process group, so that a Ctrl-C at the terminal ends the program first.
func childAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
