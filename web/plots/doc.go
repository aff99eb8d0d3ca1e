// Package plots draws the figures of the report as SVG: bars against a norm, a funnel, courses
// with intervals, survival and shares. It draws what it is given and computes nothing;
// where there is nothing to draw, the SVG is empty.
//
// Colours are those of Okabe and Ito (Color Universal Design, 2008), which people
// with any colour vision can tell apart; what matters is told by shape or label too.
package plots
