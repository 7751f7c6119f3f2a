// Package store holds the data folder: the journal and the blobs, which are the system of record, and the DuckDB
// projection made from them, which every query reads.
//
//	data/blob/<sha256>   immutable content
//	data/journal.jsonl   every change, hash-chained; a fsynced line is the commit point
//	data/liandu.duckdb   facts and registry, each row with the journal sequence it came from; can always be made again
//	data/lock            held by the one process that has the folder open
//
// Open takes the lock, checks the chain, opens the projection and applies the lines it lacks; a projection of another
// schema version, or one that cannot be opened, is set aside and made again. Update is the one way to change
// anything. After a commit or checkpoint error the projection is not touched any more (DuckDB may show an emptied
// table then): Fatal tells the program to say so and exit, and the next start replays.
//
// The package must not know what a number means: it imports no regime and computes nothing.
package store
