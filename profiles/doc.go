// Package profiles holds the FHIR conformance resources of Pijnpoort, embedded
// as they are served: data only.
//
// The folder guide is an implementation guide, compiled from FHIR Shorthand in fsh by
// SUSHI (.ci/profiles): the profiles of what leaves for a registry, their extensions,
// CodeSystems and ValueSets, ConceptMaps, the Measures of chapter 3 and annex 3, and the
// operations that are served; guide/examples has an example of each profile. The folder
// standpunt has the versions of the standpunt as PlanDefinitions, made from the catalogue.
//
// The folder terminology has one ValueSet per concept that the mapping knows,
// and the CodeSystem of the intake forms. They are made from the tables beside
// them (source.csv, concepts.csv, intake.csv); a test keeps both the same.
// The folder questionnaires has the forms of Pijnpoort, made by package forms, and
// those of the PROMs without their licensed texts, made by mapping/prom, with the
// CodeSystems that go with them.
package profiles

import "embed"

//go:generate go run ./terminology/generate
//go:generate go run ./standpunt/generate

// FS holds guide/*.json, standpunt/*.json, terminology/*.json and questionnaires/*.json.
//
//go:embed guide/*.json standpunt/*.json terminology/*.json questionnaires/*.json
var FS embed.FS

// Version is that of every resource here; a profile is claimed as canonical|Version.
const Version = "1.0.0"

// The extensions on the codes of a ValueSet, and on an include that is a filter.
const (
	CodeSource     = "https://pijnpoort.example/fhir/StructureDefinition/code-source"     // valueString: where code and display were seen together
	CodeUnverified = "https://pijnpoort.example/fhir/StructureDefinition/code-unverified" // valueBoolean true: seen nowhere, so not used for matching
	CodeDisplay    = "https://pijnpoort.example/fhir/StructureDefinition/code-display"    // valueString: the name of the code in a filter
	CodeNote       = "https://pijnpoort.example/fhir/StructureDefinition/code-note"       // valueString: what to mind
)
