// Package coverage tells how much of what a record system sends the terminology
// understands: every code with how often it occurs, what it means and by which rule,
// and for those that mean nothing the concepts with a name like theirs.
//
// It counts codes in the elements whose meaning the mapping asks for (places.go),
// whatever the status or date of the resource, and without following references: a
// product counts where it is, not where it is prescribed. Notes and narrative are
// not looked at.
package coverage
