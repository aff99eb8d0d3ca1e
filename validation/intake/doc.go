// Package intake holds the forms on which a clinician, or a centre, states what
// no coded resource carries: a Questionnaire per occasion, whose linkIds are the
// ids of the facts, and the form that asks just what a verdict lacks.
//
// The words are in texts.csv, in Dutch and English; those of the answers in
// CodeSystem/intake. The Questionnaires under profiles/questionnaires are written
// by go generate.
package intake

//go:generate go run ./generate -out ../../profiles/questionnaires
