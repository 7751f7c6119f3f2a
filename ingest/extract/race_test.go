//go:build race

package extract_test

// slowdown is what the race detector costs this package on a busy machine.
const slowdown = 30
