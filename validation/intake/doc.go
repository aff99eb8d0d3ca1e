// Package intake holds the words of the forms on which a clinician, or a centre,
// states what no coded resource carries: per fact a short name and a question, per code
// its display, in Dutch and English.
//
// The words are in texts.csv; those of the answers in CodeSystem/intake. Package
// forms makes Questionnaires of them.
package intake
