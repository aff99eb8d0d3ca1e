// Package audit is the log of who did what with data of patients, as NEN 7513 asks, in FHIR
// R4 AuditEvents after the Basic Audit Log Patterns of IHE
// (https://profiles.ihe.net/ITI/BALP/).
//
// An event is appended in the transaction of what it tells: both happen or neither. Every
// row carries a hash over itself and the row before, so that Verify finds what was changed,
// left out, put in or put elsewhere afterwards. Whoever can write the whole database could
// cut off its end or make a chain anew; MarkEnd signs the end, to be kept elsewhere, and
// Verify compares.
//
// What has no transaction of its own, that somebody asked and was told of a patient, goes
// through a Recorder, which writes many such events together.
//
// No event holds clinical data, a name or an identifier of a patient: he is in it by his id
// in the store. Reading the log is an event itself.
package audit
