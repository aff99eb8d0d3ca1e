// Package profiles holds the FHIR conformance resources of Pijnpoort, embedded
// as they are served: data only.
//
// The folder terminology has one ValueSet per concept that the mapping knows,
// and the CodeSystem of the intake forms. They are made from the tables beside
// them (source.csv, concepts.csv, intake.csv); a test keeps both the same.
// The folder questionnaires has the forms of Pijnpoort, made by package forms, and
// those of the PROMs without their licensed texts, made by mapping/prom, with the
// CodeSystems that go with them. The folder operations defines the FHIR operations
// that are served.
package profiles

import "embed"

//go:generate go run ./terminology/generate

// FS holds terminology/*.json, questionnaires/*.json and operations/*.json.
//
//go:embed terminology/*.json questionnaires/*.json operations/*.json
var FS embed.FS

// The extensions on the codes of a ValueSet, and on an include that is a filter.
const (
	CodeSource     = "https://pijnpoort.example/fhir/StructureDefinition/code-source"     // valueString: where code and display were seen together
	CodeUnverified = "https://pijnpoort.example/fhir/StructureDefinition/code-unverified" // valueBoolean true: seen nowhere, so not used for matching
	CodeDisplay    = "https://pijnpoort.example/fhir/StructureDefinition/code-display"    // valueString: the name of the code in a filter
	CodeNote       = "https://pijnpoort.example/fhir/StructureDefinition/code-note"       // valueString: what to mind
)
