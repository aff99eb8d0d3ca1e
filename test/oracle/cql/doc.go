// Package cql is the second opinion on the preparation rules: the same rules
// written in CQL from the standpunt itself (oracle.cql), run by the CQL
// translator and engine that others wrote (run.mjs), over patients made here.
// Compared are the outcome of every criterion and duty, the verdict on each
// condition, reimbursed or not, and the version and verdict of the day.
//
// The comparison runs with the build tag "oracle" and needs node:
//
//	npm ci && go test -tags oracle .
//
// It fails on any difference that explained_test.go does not explain. With -seed and
// -patients others are judged (patient i comes from seed + i, so take seeds further
// apart than there are patients); -keep FOLDER leaves the patients and what CQL says
// of them there, as NDJSON.
package cql
