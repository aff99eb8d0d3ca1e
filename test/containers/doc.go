// Package containers runs Pijnpoort as a hospital would: PostgreSQL, a FHIR server and two
// nodes of Pijnpoort, each in a container of its own. Both nodes take patients in, one is
// killed, and in the end every record is at the FHIR server exactly once; sent again,
// or after the database has forgotten what was delivered, nothing there changes.
//
//	bash .ci/containers
//
// starts an engine where none answers, makes the images and runs the tests, which have the
// build tag containers. Images are made of programs of this machine (see the script images),
// unless PIJNPOORT_TEST_POSTGRES_IMAGE, PIJNPOORT_TEST_FHIR_IMAGE or PIJNPOORT_TEST_IMAGE
// name others, such as the official postgres and hapiproject/hapi.
//
// Containers share the network of the machine: an engine without rights on the network
// will do, and what a node sends to a registry without TLS stays on loopback.
package containers
