// Package report shows that the numbers of the annual report are right: each is computed a
// second time by plain SQL over the items as a store keeps them, and a published series is
// recovered from a population made by its parameters.
package report
