// Package check holds a mapped record against what a value can be at all, before
// anybody judges by it: a pain score of 0 to 10, a trial that ends after it began.
//
// What cannot be is taken out of the record and reported as an issue, so that
// the fact is unknown rather than wrong. The limits are wide: they catch faulty
// entry and faulty units, not unusual patients.
package check
