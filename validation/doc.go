// Package validation judges a record against the standpunt: Record in, Verdict out.
//
// The rules are typed values in tables, one file per chapter of the document
// (general.go is chapter 1, fbss.go the FBSS part of chapter 2, and so on), so that
// they can be listed, explained, exported and compared. Each rule carries the id
// of an entry of the catalogue (package standpunt); the program does not start when
// the two differ.
//
// A rule's test is a tree of the types in tests.go; it is evaluated in strong
// Kleene logic (package kleene). Evidence comes only from the parts that decide,
// missing data only from the parts that could still change the outcome.
package validation
