// Package validator holds what Pijnpoort defines and emits against two validators that
// nobody here wrote: that of HAPI FHIR, which embeds HL7's own (Java, from Maven Central),
// and github.com/gofhir/validator (Go).
//
// Validated are all conformance resources and examples of package profiles, the
// questionnaires, and the bundles that "pijnpoort bundle" makes, in every shape, of the
// example patients and of a made-up population, and the MeasureReports of its annual
// report; with -bundles FOLDER also those in a
// folder. Bundles with a fault of every kind stand beside them, and must be refused.
//
// The tests have the build tag oracle; HAPI's needs Java 17 and Maven, gofhir's Node
// (npm ci in profiles/fsh):
//
//	go test -tags oracle ./test/oracle/validator
//
// Errors are not allowed. A warning or remark of HAPI must stand in warnings.csv with the
// reason why it stays; a row there that nothing needs any more is an error too. HAPI is as
// strict as it can be: profiles, extensions and codes of ours or of R4 that it does not
// know are errors. The content of SNOMED CT, LOINC, ATC, ICD-10 and the Dutch tables is not
// at hand: of their codes only the system is checked, by our own profiles.
package validator
