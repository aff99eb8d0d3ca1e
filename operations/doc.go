// Package operations is the FHIR REST surface for callers who bring their own data:
// $score and $advise, the conformance resources of package profiles, and the
// CapabilityStatement that lists them. It keeps nothing of what it is sent.
//
// It also gives scores their FHIR form (Scores), by the conventions of Structured
// Data Capture (http://hl7.org/fhir/uv/sdc/extraction.html).
package operations
