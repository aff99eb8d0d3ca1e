// Package test holds what needs more than one package: the shape of the house,
// the command line and its patients, end to end runs, oracles and benchmarks.
package test
