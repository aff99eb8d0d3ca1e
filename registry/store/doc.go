// Package store keeps what has been registered, and what was told of it to whom: items of
// patients, reports of the centre, sendings, deliveries, the ledger of what a registry holds,
// the audit log and the cards of decision hooks. It is embedded SQLite, or PostgreSQL for several nodes;
// both have the same tables and go through the same code.
//
// A business change and the job that follows from it are one transaction: see Tx.
//
// A patient has an id that says nothing: it is derived under a secret of the installation
// from the first identifier he was sent with. His identifiers lie sealed (AES-GCM); he is
// found by keyed hashes of them. What else is kept about him is in his items, which hold
// neither names nor free words (package registration).
package store
