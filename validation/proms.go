package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// proms shows which questionnaires of annex 1 are in; the criteria on intake and
// aftercare decide.
var proms = Rules{
	{ID: "prom-patient-id"},
	{ID: "prom-diagnosis"},
	{ID: "prom-general"},
	{ID: "prom-gpe", Test: InstrumentDone{"gpe"}},
	{ID: "prom-sf12", Test: InstrumentDone{"sf12v1", "sf12v2"}},
	{ID: "prom-nrs", Test: InstrumentDone{"nrs"}},
	{ID: "prom-bpi", Test: InstrumentDone{"bpi"}},
	{ID: "prom-olbpdq", Test: InstrumentDone{"odi"}},
	{ID: "prom-ndi", Test: InstrumentDone{"ndi"}},
	{ID: "prom-hads", Test: InstrumentDone{"hads"}},
	{ID: "prom-pcs", Test: InstrumentDone{"pcs"}},
	{ID: "prom-psqi", Test: InstrumentDone{"psqi"}},
}

// InstrumentDone is true when a response to one of the instruments is complete;
// without one it is open, unless the patient refused.
type InstrumentDone []string

func (t InstrumentDone) eval(j *judge) finding {
	var evidence []mapping.Evidence
	for i := range j.record.Instruments {
		if contains(t, j.record.Instruments[i].Code) {
			evidence = append(evidence, j.record.Instruments[i].Evidence)
		}
	}
	if evidence != nil {
		return known(kleene.True, evidence)
	}
	if f := completed("proms").eval(j); f.truth == kleene.False {
		return f
	}
	return unknown("proms", Absent)
}
