// Package conformance checks what a CDS Service sends against CDS Hooks 2.0, to the
// letter: members that are null, empty, unknown or of the wrong type, values that are
// not allowed, and what holds between members. It is written from the specification,
// not from package cdshooks, so that the one can test the other.
package conformance
