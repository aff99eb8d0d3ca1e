// Package answer judges what a FHIR server answers to a Bundle that was sent to it: what
// arrived, what to try again, what will never be taken, what is too large, and what is
// wrong with the server as a whole (http://hl7.org/fhir/R4/http.html#transaction).
//
// A reason that it gives names statuses, codes of FHIR's own lists and types of
// resources. What the server says in its own words is never repeated: it can hold data
// of the patient.
package answer
