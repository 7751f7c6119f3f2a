// Package auth says who somebody is and what they may do: accounts, passwords, sessions, the first administrator's
// one-time code and the demo link. It knows nothing of HTTP; package dashboard's middleware asks it.
//
// Steps of a sign-in: throttle.begin (lock-out) → account of the login → Hasher.verify (as long for an unknown login
// as for a known one) → new session → journal line. Accounts live in the journal (account.created, account.changed)
// and are read from the projection; sessions, failures, the code and the demo link live in memory and die with the
// process. A session remembers the journal sequence of its account's row: any later change of the account ends it.
//
// It must not log or journal a password; the argon2id hash is all that is ever kept.
package auth
