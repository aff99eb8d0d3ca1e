// Package mapping holds the Record: what is known about one patient (or one
// pain centre) in the terms of the standpunt, each value with its evidence.
//
// It is types and their algebra only: facts that may be unknown, stated or
// contradictory, numbers that may be intervals, dates that may be partial. How a
// record comes about from FHIR resources is the business of mapping/epd; what
// follows from it is the business of package validation.
package mapping
