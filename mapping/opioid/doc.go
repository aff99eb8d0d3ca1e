// Package opioid computes the morphine equivalent dose (MED, in mg of oral
// morphine a day) of the opioids a patient uses on a day, from the dosages of
// R4 MedicationStatement and MedicationRequest.
//
// The result is exact: an interval of rational numbers that holds the true dose
// whatever the open ends turn out to be. As-needed doses run from nothing to
// their full amount, a factor that the table leaves open is an interval, and two
// orders of one opioid that nothing links run from the larger one to their sum.
// What cannot be put in an interval (a dosage in words, a missing strength,
// route or factor) makes the dose unknown, and the result says which medication
// lacks what. No opioid on record is unknown too: a dose of 0 must be attested.
package opioid
