// Package fhir holds the elements of FHIR R4 resources that Pijnpoort reads,
// as plain Go structs, and the Chart: everything received about one patient.
//
// Only elements that the mapping uses are here; the names are those of
// the specification (https://hl7.org/fhir/R4/resourcelist.html). The package
// knows no JSON library, no HTTP and no rules: package fhir/decode fills the
// structs, package mapping/epd reads them. The json tags state the FHIR name of
// each element, so that any JSON library can fill the same structs.
package fhir
