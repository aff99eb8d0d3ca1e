// Package terminologyserver widens our concepts with the help of a FHIR terminology
// server (https://hl7.org/fhir/R4/terminology-service.html). Our lists hold single
// codes of SNOMED CT; a server that has the whole of it knows which other codes are
// kinds of them.
//
// Expander asks for the kinds of our codes and keeps them in a folder, from which
// Overlay reads them: advice never waits for the server, and is the same when it does
// not answer. Our own lists always lie underneath: a code that they know keeps the
// meaning they give it, and the site's own files lie over all. Subsumer tells of which
// of our codes an unknown one is a kind, as a suggestion to a person.
package terminologyserver
