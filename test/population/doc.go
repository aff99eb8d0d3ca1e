// Package population makes patients of neuromodulation care who do not exist, as many
// as a test needs: what happens to them follows from a few parameters and a seed, and
// is told beside them, so that a figure computed from them can be held against what
// was put in.
//
// The n-th patient is the same whether asked for alone or in the stream, and only one
// is in memory at a time.
package population
