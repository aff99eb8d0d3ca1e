// Package statistics holds the few statistical methods of the annual report: exact
// intervals of proportions and rates, limits of funnel plots, quartiles, and the
// Kaplan-Meier estimate. Distributions come from gonum; intervals are two-sided and 95 %
// unless said otherwise.
package statistics
