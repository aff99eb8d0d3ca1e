// Package client calls FHIR servers of others (https://hl7.org/fhir/R4/http.html): it reads
// a resource by its id, the pages of a search, and the answer of an operation; posts a
// document and tells whether it can have arrived; and gets tokens as a system without a
// user does (SMART Backend Services).
//
// It is made for servers that a caller names: it calls only those on its list, never
// follows a redirect or a page to another origin, sends a token to its own server
// only, and bounds the time, the size and the number of pages. Errors say what went
// wrong without quoting the server, its answer or the token.
package client
