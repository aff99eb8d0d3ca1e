// Package encode builds the FHIR R4 resources that Pijnpoort emits and writes
// them as JSON. It is the one place where the google/fhir protos are used, so
// that what cannot be expressed in R4 cannot be emitted; callers fill plain
// structs.
//
// The same resource always gives the same bytes, with names in alphabetical order.
package encode
