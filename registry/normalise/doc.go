// Package normalise makes of a registration what leaves for a quality registry: FHIR R4
// resources in the profiles of package profiles, one patient to a Bundle.
//
// What leaves is an allow-list by construction: every element that is sent is written
// by name in this package from a code, a number, a date or a pseudonym, and none from
// words. Nothing is copied over. What a registration holds and cannot be sent, such as a
// code of an unknown system, is left out and told in Delivery.Issues.
//
// The outcome is a function of the registration, the target and the keys alone: the same
// items in any order give the same bytes, and no clock is read.
package normalise
