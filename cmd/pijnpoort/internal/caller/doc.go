// Package caller is a client of CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/): it makes
// the request of a hook from the resources of a patient, as a record system does, and
// sends it.
//
// The queries that a service advertises are run over the resources at hand: reads, and
// searches in the subset that CDS Hooks recommends (see Query). A query beyond that is not
// guessed at: its key is left out, as a record system leaves it out, and that is told.
package caller
