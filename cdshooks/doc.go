// Package cdshooks is the protocol of CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/)
// for decision services: discovery, calls, cards and feedback over HTTP. It knows no
// medicine; a Service gives the guidance.
//
// What it takes care of, so that a Service need not: the shape of a request and of
// the context of its hook; every state that prefetched data can be in, with what is
// absent fetched from the caller's FHIR server; 412 when needed data cannot be had;
// OperationOutcomes as errors; authentication, CORS, limits and deadlines; and
// responses without null or empty members.
//
// Of the ballot of version 3 it takes what an older client does not notice: the
// version in discovery, tokens such as {{today() - 90 days}} and OperationOutcomes.
//
// # Where the specification leaves a choice
//
//   - A null in prefetch means that the client asked and there is nothing, although
//     JSON elements shall not be null elsewhere.
//   - A summary has fewer than 140 characters both as code points and as UTF-16 units.
//   - A hookInstance that is no UUID is refused with 400, as is an id with its type
//     where a plain id belongs. Members that are not known are let be.
//   - A call with a hook that the service is not listed for is refused with 400.
//   - A fhirServer that may not be called counts as none: 412 when data are absent.
//   - A Bundle under a key that was not asked for, with the patient of the context in
//     it, is by arrangement the whole record: nothing is then absent.
//   - order-dispatch is read by its present and its former member names.
//   - What a user writes in feedback is not kept, since it may be about a patient.
//   - A card that says the same of the same patient as one that was overridden may be left
//     out for a time (Options.QuietDays), unless the service insists.
//   - Callers are counted by the client that their JWT is of, else by address; who calls too
//     often gets 429 with Retry-After (Options.Rate).
//   - OpenAPI and JSON Schemas are served beside the services, to anybody, since no other
//     path than those of the specification may stand below discovery.
package cdshooks
