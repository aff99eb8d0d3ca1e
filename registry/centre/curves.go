package centre

import (
	"maps"
	"slices"

	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
)

// The events of the curves.
var events = []string{"revision", "removal", "revision-or-removal"}

// curve follows systems to an event.
type curve struct {
	survival                  statistics.Survival
	followed, events, missing int
}

// curves follow the first system of each patient.
type curves map[string]map[string]*curve // by event and clinic ("" is all)

func (c curves) add(h *history) {
	var s *system
	for _, one := range h.systems {
		if one.placed != nil {
			s = one
			break
		}
	}
	if s == nil {
		return
	}
	for _, event := range events {
		for _, clinic := range []string{"", s.placed.clinic} {
			c.at(event, clinic).follow(h, s, event)
		}
	}
}

func (c curves) at(event, clinic string) *curve {
	if c[event] == nil {
		c[event] = map[string]*curve{}
	}
	if c[event][clinic] == nil {
		c[event][clinic] = &curve{}
	}
	return c[event][clinic]
}

// follow follows one system up to the event, removal, death or the day of reporting. That
// a system was removed elsewhere is not known here: it counts as in place.
func (c *curve) follow(h *history, s *system, event string) {
	began, begun := s.began()
	end, ended := s.ended(h)
	happened := false
	switch p := first(s.revisions); {
	case event != "removal" && p != nil && !p.exact():
		ended = false
	case event != "removal" && p != nil && p.date.First < end:
		end, happened = p.date.First, true
	case event != "revision" && s.removed != nil && ended && end == s.removed.date.First:
		happened = true
	}
	if !begun || !ended || end < began {
		c.missing++
		return
	}
	days := int(end - began)
	if !happened && s.removed == nil && !h.dead {
		days-- // up to and including the day of reporting
	}
	c.followed++
	if happened {
		c.events++
	}
	c.survival.Add(max(days, 0), happened)
}

func (c curves) list() []Curve {
	list := []Curve{}
	for _, event := range events {
		for _, clinic := range slices.Sorted(maps.Keys(c[event])) {
			one := c[event][clinic]
			list = append(list, Curve{event, clinic, one.followed, one.events, one.missing, one.survival.Steps()})
		}
	}
	return list
}
