// Package advice is the one way from a chart to a verdict, and from a verdict to
// words: a sentence for a card, a page for the doctor, a table for the EPD.
//
// The command line, the decision hooks and the HTTP operations all go through an
// Adviser, so that they cannot give different answers.
package advice
