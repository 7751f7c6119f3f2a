// Package period holds civil time: dates without a clock, quarters, and the city's time zone.
// Nothing here knows what time it is now. It imports the standard library only.
package period
