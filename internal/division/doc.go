// Package division knows the counties and townships of every Chinese city, so that a new data folder need not be
// typed in: City and Cities name the cities, Units lists one city's units ready for the registry. The data are the
// statistical division codes of 2023-06-30 (data/README.md); a city corrects what has changed since by its own
// units.csv. Nothing here is looked up while the program judges: the registry is.
package division
