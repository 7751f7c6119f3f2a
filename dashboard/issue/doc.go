// Package issue makes official papers from the data folder and freezes those that are issued.
//
// Steps of Issue: gather what the papers are made of, all known at one moment (gather.go); make every paper, so that
// nothing is written unless all can be; keep as blobs the issued bytes, the paper as a tree with the source of every
// figure, and what it was made from (frozen.go); append one journal line a paper, under the writer's lock that refuses a
// number given before (issue.go).
//
// An issued paper is handed out from its blob, so it is the same whatever came later. Remake makes it again from what
// was frozen beside it, as proof. Since holds it against the figures as they are now (since.go).
//
// Commands and pages both use it; it must not know Gin.
package issue
