//go:build !race

package extract_test

// slowdown is 1: times are judged as they are.
const slowdown = 1
