// Package browser tests Pijnpoort as the user of a record system meets it: pages in a real
// browser ask the program for advice on data in a FHIR server that is not ours. Its tests
// have the build tag browser; they take Node, Chromium and "npm ci" in client.
package browser
