// Package procedure says what the codes of operations on neurostimulators mean: for judging
// (package epd) and for registering (package registration) by one table. A code seldom tells
// all: SNOMED CT 3270004, the implantation of a neurostimulator in the spine, is used for the
// electrode of a trial as for a whole system. What else is known decides.
package procedure

import "github.com/pijnpoort/pijnpoort/mapping/terminology"

// Kind is what was done, in the words of the volume norms of chapter 3.
type Kind string

// The kinds.
const (
	Trial       Kind = "trial"              // electrode for a trial
	Implant     Kind = "implant"            // definitive system: electrode with generator
	Generator   Kind = "generator"          // first generator on an electrode that was in place
	Revision    Kind = "revision"           // electrode or generator put right
	Replacement Kind = "generator-replaced" // generator exchanged, as when its battery is empty
	Explant     Kind = "explant"            // system, or electrode of a trial, taken out
	// Unspecified: the data do not tell which.
	Unspecified Kind = "unspecified"
)

// Said is what a code says was done: one of the kinds, on a modality (SCS, DRG, ONS) if it
// names one.
type Said struct {
	Kinds    []Kind
	Modality string
}

// placed is what an electrode was put in for, when only that is told.
var placed = []Kind{Trial, Implant}

// Sayings are the operations that the volume norms are about, by concept. A code of an
// implantation in the spine says neither for what nor on which nerve.
var Sayings = map[terminology.Concept]Said{
	"proc-scs-trial":       {[]Kind{Trial}, "SCS"},
	"proc-scs-implant":     {placed, ""},
	"proc-drg":             {placed, "DRG"},
	"proc-ons":             {placed, "ONS"},
	"proc-ons-generator":   {[]Kind{Generator, Replacement}, "ONS"},
	"proc-ons-revision":    {[]Kind{Revision, Explant}, "ONS"},
	"proc-ipg-placement":   {[]Kind{Generator}, ""},
	"proc-ipg-replacement": {[]Kind{Replacement}, ""},
	"proc-revision":        {[]Kind{Revision}, ""},
	"proc-explant":         {[]Kind{Explant}, ""},
}

// TrialDays is how long after an electrode a first generator still belongs to it: the
// longest trial of the standpunt, three weeks, and time to plan the operation.
const TrialDays = 92
