package pseudonym

import "context"

// Pseudonymiser gives identities their pseudonyms. It is safe for concurrent use.
type Pseudonymiser interface {
	// Pseudonyms are the names of an identity for a use: that of the newest key first,
	// then those of older keys that are still in use. There is one at least.
	Pseudonyms(ctx context.Context, use Use, identity Identity) ([]Pseudonym, error)
}

// Use is what a pseudonym is for. Pseudonyms of different uses cannot be laid beside
// each other.
type Use struct {
	Recipient string // who gets it, such as the identifier of the registry
	Scope     string // the data set or agreement it is part of
	Purpose   string // what is named: patient, procedure, device, ...
}

// Pseudonym is one name.
type Pseudonym struct {
	Key   string // id of the key that made it
	Value string // base64url without padding
}
