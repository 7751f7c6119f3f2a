// Package dashboard is the site: pages, downloads and the JSON interface, served by Gin from the binary alone.
//
// The way of a request: requestID → headers → rescue → crossOrigin (middleware.go) → guard (session, role, body limit;
// by the route's row in routes.go) → a handler of page_*.go or api_*.go, which parses, asks package queries, lets
// package view shape the answer and renders a template. A handler returns its error; errors.go alone answers it.
//
// A GET changes nothing, a POST redirects, and a form that is refused comes back with what was typed. A County
// account's scope comes from its session and goes into queries.AsOf; no request can widen it.
//
// The demo link is the one GET that signs somebody in: it is good once, on this machine, in `serve --demo` alone.
//
// The JSON interface under /api/v1 takes the session's cookie, or login and password by HTTP Basic on a connection that
// is encrypted or local. A password sent that way is checked at every request and counts against the same lock-out; no
// session is opened, and the interface never asks a browser for one.
package dashboard
