package store

// Secret is a secret for a use beside the store's own: the same for the same use on every
// node, and of no meaning without the keys. It does not change when identifiers are sealed
// with another key.
func (s *Store) Secret(use string) []byte { return s.keys.mac("secret", use) }
