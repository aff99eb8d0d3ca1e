// Package crash breaks delivery in every way it can break, and counts at a real FHIR
// server (package fhirserver) what has arrived: everything, nothing twice, and for every
// patient in the order in which it happened.
//
// Workers are processes that are killed with SIGKILL, at random and at named points, or
// stopped past their lease; a proxy before the server loses answers after the effect,
// answers 503 and is slow; the database is killed and restarted; the disk fills up.
//
//	go test -tags crash -timeout 20m -v ./test/crash
//
// CRASH_SIZE=full does more of it; CRASH_SOAK=10m delivers for so long. PostgreSQL's
// programs (initdb, postgres) must be installed, and Java for the server; a full disk
// needs the right to mount. What is missing fails; nothing is skipped.
package crash
