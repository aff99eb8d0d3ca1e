package bundles

import (
	"bytes"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

func TestHookIsReadWhole(t *testing.T) {
	hook := Hook()
	if !bytes.Equal(hook, Hook()) {
		t.Error("two calls differ")
	}
	if kb := len(hook) / 1000; kb < 55 || kb > 70 {
		t.Errorf("hook bundle is %d KB, want about 60", kb)
	}
	chart, err := decode.Bundle("hook", hook, decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(chart.Resources) != 40 || len(chart.Rejected)+len(chart.Skipped)+len(chart.Issues) != 0 {
		t.Errorf("got %d resources, rejected %v, skipped %v, issues %v", len(chart.Resources), chart.Rejected, chart.Skipped, chart.Issues)
	}
	if chart.Patient == nil || chart.Patient.ID != PatientID {
		t.Error("the patient is lacking")
	}
}
