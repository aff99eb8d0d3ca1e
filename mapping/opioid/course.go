package opioid

import (
	"slices"
	"strings"
)

// course is one treatment as far as the record tells, by one or more resources.
type course struct {
	daily                interval // mg a day
	in                   standing
	names                []string // of the resources
	requested, statement bool
}

// courseOf is what linked treatments tell together. One without any dosage
// leaves the word to the others.
func courseOf(group []*treatment) (c course, problems, remarks []string) {
	first := true
	for _, t := range group {
		c.names = append(c.names, t.name)
		c.requested = c.requested || t.request
		c.statement = c.statement || !t.request
		c.in = max(c.in, t.in)
		if t.err == errNoDosage && slices.ContainsFunc(group, func(o *treatment) bool { return o.err != errNoDosage }) {
			continue
		}
		if t.err != nil {
			problems = append(problems, t.about(t.err.Error()))
			continue
		}
		if t.remark != "" {
			remarks = append(remarks, t.about(t.remark))
		}
		if first {
			c.daily, first = t.daily, false
			continue
		}
		if !t.daily.equal(c.daily) {
			remarks = append(remarks, t.about("its dose differs from that of what it is linked to; either may hold"))
		}
		c.daily = hull(c.daily, t.daily)
	}
	return c, problems, remarks
}

func (t *treatment) about(words string) string {
	return t.key.opioid() + " of " + t.name + ": " + words
}

// combined is the daily mass of all courses of one opioid by one route. A request
// and a statement with the same dose are one. Other courses without a link may
// be a switch that was not closed or come together: from the larger one to the sum.
func combined(key substance, courses []course) (interval, []string) {
	courses = paired(courses)
	var remarks, names []string
	doses := make([]interval, len(courses))
	for i, c := range courses {
		doses[i] = c.daily
		if c.in == maybe {
			doses[i] = upTo(c.daily)
			remarks = append(remarks, key.ingredient+" of "+c.names[0]+": it is not certain to be in use, so it counts from nothing up")
		}
		names = append(names, c.names[0])
	}
	if len(courses) > 1 {
		remarks = append(remarks, key.ingredient+" is given by "+strings.Join(names, " and ")+
			", which nothing links: it counts from the larger dose to the sum")
	}
	return overlapping(doses), remarks
}

// paired joins each request with one statement of the same dose.
func paired(courses []course) []course {
	var list []course
	for _, c := range courses {
		at := slices.IndexFunc(list, func(o course) bool {
			return o.daily.equal(c.daily) && o.requested != c.requested && o.statement != c.statement
		})
		if at < 0 {
			list = append(list, c)
			continue
		}
		o := &list[at]
		o.requested, o.statement = true, true
		o.in = max(o.in, c.in)
		o.names = append(o.names[:len(o.names):len(o.names)], c.names...)
	}
	return list
}
