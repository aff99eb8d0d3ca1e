// Package decode turns bytes into fhir.Charts: in one pass, strict about JSON
// and tolerant about content, with a stated fate for every resource received.
//
// Three kinds of fault, each with its own reach:
//
//   - Malformed JSON (RFC 8259: syntax, UTF-8, lone surrogates, trailing text) or
//     XML, XML that is not FHIR's, and exceeded limits refuse the document: an *Error.
//   - A semantic fault costs one entry, which goes to Chart.Rejected; the others
//     are read. Such are a wrong JSON type or a malformed primitive in an element
//     that we read, null (but for the padding of primitive arrays), an element
//     that stands twice, also as two types of one value[x] or in another case
//     ("Status"), implicitRules, a modifierExtension, a missing resourceType, and
//     a subject other than the chart's patient.
//   - A date that is a JSON string but not a FHIR date costs only itself: the
//     element is left out and Chart.Issues says so. An unknown onset is a smaller
//     harm than a lost diagnosis; a malformed status would be a larger one.
//
// Elements that we do not read are skipped, yet checked for well-formed JSON,
// null and duplicate names. Paths name them "*": nothing that a document
// holds, not even a name in it, gets into an error, a fate or an issue, ids
// excepted.
//
// Of a resource that came in several versions only the newest is in the chart (see
// versions.go). A MedicationDispense is read as the MedicationStatement that it
// amounts to (see dispense.go).
//
// FHIR XML is rewritten as JSON first and read by the same code (see xml.go).
//
// STU3 resources (zib2017) are recognised by elements that only STU3 has and
// converted to R4 (see stu3.go).
package decode
