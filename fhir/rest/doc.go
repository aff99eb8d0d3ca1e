// Package rest is what the surfaces that serve FHIR over HTTP share: refusals as
// OperationOutcomes, media types, bodies within a limit, and what is said when something
// fails. Nothing that is logged or answered holds data of a patient.
package rest
