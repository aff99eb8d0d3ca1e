// Package trust knows the clients that may call decision services, by the JWT that
// each call carries (https://cds-hooks.hl7.org/2.0/#trusting-cds-clients).
//
// A call is accepted when its JWT is issued by a client on the list, for exactly the
// URL called, is in time, was not seen before, and is signed with a public key of that
// client. Symmetric algorithms and "none" are never accepted. Keys come from the URL or
// file on the list and from nowhere else: a jku in a JWT must be that same URL.
//
// Clients that may choose do well to sign with RS384: checking it takes a small part of the
// time of ES384, which is the longest single step of a call (see BenchmarkAuthenticate).
//
// That a JWT was not seen before is remembered by each process for itself, in bounded
// memory; several nodes give their verifiers one Replays to share.
package trust
