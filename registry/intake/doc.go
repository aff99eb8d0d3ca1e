// Package intake takes what hospitals send for a registry: a Bundle, or one resource, over
// HTTP. Every entry is checked strictly as R4; one that fails costs only itself, and what
// became of each is told: received = accepted + ignored + rejected. What several patients
// are in is taken apart by patient. All that was accepted is kept in one transaction with
// its audit events and whatever follows from it, or nothing is.
//
// Entries that are STU3 (zib2017) are converted as everywhere, and not checked as R4.
package intake
