package centre_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

type coded struct {
	Coding []struct{ Code string }
}

func (c coded) code() string { return c.Coding[0].Code }

// measure is what a Measure or a MeasureReport says of its groups.
type measure struct {
	ResourceType, ID, URL, Version, Measure string
	Group                                   []struct {
		Code       coded
		Population []struct{ Code coded }
		Stratifier []stratifier
	}
}

type stratifier struct{ Code json.RawMessage }

// code is that of a stratifier, which a Measure has once and a MeasureReport in a list.
func (s stratifier) code(t *testing.T) string {
	t.Helper()
	var one coded
	var list []coded
	if json.Unmarshal(s.Code, &list) == nil {
		return list[0].code()
	}
	if err := json.Unmarshal(s.Code, &one); err != nil {
		t.Fatal(err)
	}
	return one.code()
}

// Every MeasureReport has the groups of its Measure, with the populations and stratifiers
// that are defined there, and no others.
func TestReportsAgreeWithTheirMeasures(t *testing.T) {
	defined := map[string]measure{}
	err := fs.WalkDir(profiles.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(path.Base(name), "Measure-") {
			return err
		}
		content, err := fs.ReadFile(profiles.FS, name)
		if err != nil {
			return err
		}
		var m measure
		if err := json.Unmarshal(content, &m); err != nil {
			return err
		}
		defined[m.URL+"|"+m.Version] = m
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	collection, err := centre.Collection(populated(t, 150), centre.Reporting{Unmasked: true})
	if err != nil {
		t.Fatal(err)
	}
	var bundle struct{ Entry []struct{ Resource measure } }
	if err := json.Unmarshal(written(t, collection), &bundle); err != nil {
		t.Fatal(err)
	}
	for _, e := range bundle.Entry {
		report := e.Resource
		m, ok := defined[report.Measure]
		if !ok {
			t.Errorf("there is no Measure %s", report.Measure)
			continue
		}
		delete(defined, report.Measure)
		if len(m.Group) != len(report.Group) {
			t.Errorf("%s has %d groups, its report %d", report.Measure, len(m.Group), len(report.Group))
		}
		for _, g := range report.Group {
			at := slices.IndexFunc(m.Group, func(d struct {
				Code       coded
				Population []struct{ Code coded }
				Stratifier []stratifier
			}) bool {
				return d.Code.code() == g.Code.code()
			})
			if at < 0 {
				t.Errorf("%s has no group %s", report.Measure, g.Code.code())
				continue
			}
			var have, want []string
			for _, p := range g.Population {
				have = append(have, p.Code.code())
			}
			for _, p := range m.Group[at].Population {
				want = append(want, p.Code.code())
			}
			for _, s := range g.Stratifier {
				have = append(have, s.code(t))
			}
			for _, s := range m.Group[at].Stratifier {
				want = append(want, s.code(t))
			}
			slices.Sort(have)
			slices.Sort(want)
			if !slices.Equal(have, want) {
				t.Errorf("%s, %s: has %v, is to have %v", report.Measure, g.Code.code(), have, want)
			}
		}
	}
	for left := range defined {
		t.Errorf("nothing is reported of %s", left)
	}
}
