package cdshooks

import (
	"strings"
	"testing"
)

func TestByteOrderMark(t *testing.T) {
	var r request
	if err := unmarshal(strings.NewReader("\ufeff"+`{"hook":"patient-view"}`), &r); err != nil || r.Hook != "patient-view" {
		t.Errorf("%+v, %v", r, err)
	}
}
