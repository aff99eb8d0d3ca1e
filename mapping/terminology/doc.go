// Package terminology turns codes into concepts: what a code in somebody's
// record means to the standpunt.
//
// The codes come from the ValueSets in package profiles, one per concept
// (their list is profiles/terminology/README.md), and from the folder of a site,
// laid over them. A code means a concept only when the tables say so: exactly, or
// below a code that counts with all below it (ATC, ICD-10). Codes marked as
// unverified mean nothing. Words mean nothing either, with two exceptions: texts
// that a site lists, and the names of medicines in a small table (Medication).
package terminology
