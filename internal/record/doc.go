// Package record holds the facts a county sends, as plain data: units, submissions, meetings, resolutions,
// establishments, and where each value stood. It computes nothing and reads nothing.
package record
