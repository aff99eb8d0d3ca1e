// Package standpunt is the catalogue of the Standpunt Neuromodulatie bij
// chronische pijn: what each of its passages asks, as data.
//
// The catalogue has 200 entries ([Criterion]) in the order of the document, the
// last six of them from the concept of June 2019. Each says in our own Dutch and
// English words what is asked, where in the document that stands, and what makes
// it met or not met. Where the document can be read in more than one way, a
// [Reading] names the ways and the one chosen by default; where it changed in the
// course of time, a [Version] says from which day to which.
//
// The sentences of the document itself are not part of Pijnpoort. A site that has
// its text can open it as a [Document] and show a passage beside our wording.
//
// The package judges nothing; package validation does, with its rules tied to the
// ids of this catalogue.
package standpunt
