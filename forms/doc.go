// Package forms makes the FHIR Questionnaires on which a clinician, or a centre,
// states what no coded resource carries: one per occasion, whose linkIds are the
// ids of the facts, and the form that asks just what a verdict lacks.
//
// The words come from validation/intake. The Questionnaires under
// profiles/questionnaires are written by go generate.
package forms

//go:generate go run ./generate -out ../profiles/questionnaires
