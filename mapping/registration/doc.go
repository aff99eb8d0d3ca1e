// Package registration takes from a chart what a quality registry is told: the events
// of neuromodulation care, each with the resource it came from. A mapping.Record says
// what is known for judging, with all doubts; a Registration says what happened, when
// and where, and what was measured (annex 3 of the standpunt, its chapters 2 and 3).
//
// A registration grows: each sending of a patient's data is taken apart into items with
// a stable key, and items of a later sending replace earlier ones of the same key.
package registration
