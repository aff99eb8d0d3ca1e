// Package target is a registry to deliver to: how to reach it, how to prove who we are,
// how much it may be asked, and when to leave it alone.
//
// A circuit stands between: after several failures in a row, or at once when the
// registry refuses us as a whole, nothing is sent for a while; then one try decides.
package target
