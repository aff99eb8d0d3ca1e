// Package epd turns a patient's Chart into a Record: Map reads every resource,
// takes from it the facts that the standpunt needs, each with its evidence, and
// says of every resource that gave nothing why.
//
// One file per subject. The rules "this concept, in this state, gives this
// value" are tables. Whatever is planned, refuted, entered in error, not
// confirmed or later than the as-of day never counts as done, and nothing is
// concluded from what is not there.
package epd
