package queries

import (
	"os"
	"strconv"
)

// rounds is how many arbitrary cases a test tries: n, or so many times more as LIANDU_TEST_ROUNDS says.
func rounds(n int) int {
	if more, err := strconv.Atoi(os.Getenv("LIANDU_TEST_ROUNDS")); err == nil && more > 0 {
		return n * more
	}
	return n
}
