// Package view turns the answers of package queries into what a page shows: one struct a page, every string finished
// (「—」 for null, n/d beside every rate), every number with the address of the rows it is made of.
//
// Steps, the same for every page: a New… function takes the answers in one input struct, filters and orders what a
// person asked for, formats, and returns the page. It is pure: no Gin, no SQL, no clock, no random source.
package view
