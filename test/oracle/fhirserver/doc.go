// Package fhirserver is a FHIR server that nobody here wrote, to deliver to: HAPI FHIR's
// JPA server on H2, taken from Maven Central and started by a few lines of Java (src).
// Transactions, conditional create and update, history and search work as in any
// installation of it; references must resolve.
//
// By hand, on port 8090 with its database in a folder (without one: in memory):
//
//	./start 8090 /tmp/fhir
//
// It prints its base URL, as http://127.0.0.1:8090/fhir, when it answers (some ten
// seconds); a kill at any moment leaves a database that the next start reads. It needs
// Java 17 and, the first time, Maven.
//
// From a test, with the build tag oracle (Go sources alike):
//
//	server, err := fhirserver.Start(ctx, folder)
//	defer server.Stop()
//	http.Post(server.URL, "application/fhir+json", transaction)
//
// The tests here, with the same tag, deliver transactions twice and find that the second
// time changes nothing.
package fhirserver
