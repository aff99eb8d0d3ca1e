// Package bundles makes FHIR R4 bundles of invented patients, for tests and
// benchmarks of several packages. All content is our own and always the same bytes.
package bundles
