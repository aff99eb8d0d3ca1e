// Package profilecheck holds resources against the profiles of package profiles: how often
// elements occur, which are not sent at all, fixed values and patterns, types, codes of the
// ValueSets of ours, slices, where references lead, and the invariants of ours. What every
// R4 resource must be is left to the strict reader of package encode.
//
// It reads the StructureDefinitions as they are published and knows no profile by itself.
// The invariants, which are FHIRPath, are also functions here, by key; one that has no
// function is told as not checked. Not checked either: terminologies of others (whether a
// SNOMED CT code exists), and the invariants of R4 itself.
package profilecheck
