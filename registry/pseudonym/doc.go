// Package pseudonym gives identities the names under which a registry knows them: the
// same for the same identity, other ones for every recipient and purpose, and not to be
// turned back without the key. A national service can take the place of our keys: see
// Pseudonymiser.
//
// A pseudonym stays personal data (AVG, recital 26). There are fewer than a thousand million
// BSNs, so who has the key can try them all: the key is the secret.
package pseudonym
