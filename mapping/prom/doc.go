// Package prom recognises the instruments of annex 1 (patient-reported outcome
// measures) in FHIR QuestionnaireResponses, scores them by the instruments' own
// rules, and follows the scores in time.
//
// Each instrument is one table in a file of its own: items, options, scores,
// missing rules, range, direction, bands and smallest important differences.
// Arithmetic is exact (rationals). What an answer means is never guessed from a
// position, a bare number or a resembling text: a response is recognised by its
// canonical URL, a site's declared map, a code or a registered text, or it is
// listed as unrecognised; a score that cannot be computed says why.
package prom

//go:generate go run ./questionnaires -out ../../profiles/questionnaires
