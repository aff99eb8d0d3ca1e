package cql

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
)

func TestPatients(t *testing.T) {
	t.Run("the same seed makes the same patients", func(t *testing.T) {
		if !reflect.DeepEqual(Patients(7, 50), Patients(7, 50)) {
			t.Error("two runs differ")
		}
	})
	t.Run("all six indications are met, alone and together", func(t *testing.T) {
		alone, together := map[string]bool{}, 0
		for _, p := range Patients(1, 300) {
			groups := groupsOf(t, p)
			switch len(groups) {
			case 0: // only a condition that is not reimbursed
			case 1:
				alone[groups[0]] = true
			default:
				together++
			}
		}
		if len(alone) != len(six) || together == 0 {
			t.Errorf("alone: %v, patients with several: %d", alone, together)
		}
	})
}

// groupsOf are the indications whose group the intake form of a patient holds.
func groupsOf(t *testing.T, p Patient) []string {
	t.Helper()
	var bundle struct {
		Entry []struct {
			Resource struct {
				Questionnaire string
				Item          []struct{ LinkID string }
			}
		}
	}
	if err := json.Unmarshal(p.Bundle, &bundle); err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	var groups []string
	for _, e := range bundle.Entry {
		for _, item := range e.Resource.Item {
			if slices.Contains(six, item.LinkID) {
				groups = append(groups, item.LinkID)
			}
		}
	}
	return groups
}
