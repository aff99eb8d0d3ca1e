package forms

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/intake"
)

// types are the item types of the kinds of facts; a fact without kind is a group.
var types = map[mapping.Kind]string{
	0: "group", mapping.Coded: "choice", mapping.Truth: "boolean", mapping.Numeric: "decimal", mapping.Dated: "date", mapping.Text: "string",
}

// wholeNumbers are the numeric facts that have no fractions.
var wholeNumbers = []string{"life-expectancy-months", "spine-surgeries", "extension-days", "trial-window-days", "before-days", "off-days",
	"year", "or-class", "patients-operative", "patients-applied", "ons-patients"}

// repeatable are the facts of which a form takes several answers, although they
// then contradict each other: the one who fills it in need not choose between sources.
var repeatable = []string{"pain-onset", "pregnancy"}

// sectionItems are the items of a section at the top level, one or more per fact.
func sectionItems(section mapping.Section) []encode.Item {
	var items []encode.Item
	for i := range mapping.Definitions {
		if d := &mapping.Definitions[i]; d.Section == section {
			items = append(items, factItems(d, "")...)
		}
	}
	return items
}

// indicationGroups are the groups of the indications: which facts tell about one
// of them, is up to its rules.
func indicationGroups() []encode.Item {
	var groups []encode.Item
	for _, indication := range mapping.AllConditions {
		needed := append(validation.Facts(indication), indication+".confirmed", indication+".name")
		group := encode.Item{LinkID: indication, Type: "group", Text: intake.Question(indication)}
		group.EnableWhen, group.Any = groupConditions(indication), true
		for i := range mapping.Definitions {
			d := &mapping.Definitions[i]
			if d.Section != mapping.SectionIndication || !slices.Contains(d.For, indication) {
				continue
			}
			for _, item := range factItems(d, indication+".") {
				if slices.Contains(needed, factOf(item.LinkID)) {
					group.Items = append(group.Items, item)
				}
			}
		}
		groups = append(groups, group)
	}
	return groups
}

// factOf is the fact that an item tells about.
func factOf(linkID string) string {
	if d, id, _ := mapping.DefinitionOf(linkID); d != nil {
		return id
	}
	return linkID
}

// factItems are the items of a fact: one, one per member, or with the ends of an
// interval. Prefix is that of the indication.
func factItems(d *mapping.Definition, prefix string) []encode.Item {
	if d.Kind == 0 {
		group := item(d, d.ID)
		group.Items = meetingItems(d)
		return []encode.Item{group}
	}
	if d.Members != nil {
		var items []encode.Item
		for _, member := range d.Members {
			items = append(items, item(d, prefix+d.ID+"."+member))
		}
		return items
	}
	items := []encode.Item{item(d, prefix+d.ID)}
	if d.Interval {
		items = append(items, item(d, prefix+d.ID+".min"), item(d, prefix+d.ID+".max"))
	}
	return items
}

// meetingItems are the date of a visit or contact, and with whom it was.
func meetingItems(d *mapping.Definition) []encode.Item {
	date := encode.Item{LinkID: d.ID + "-date", Type: "date", Text: intake.Question(d.ID + "-date")}
	role := encode.Item{LinkID: d.ID + "-role", Type: "choice", Text: intake.Question(d.ID + "-role")}
	role.Options = options(&mapping.Definition{Codes: mapping.Roles}, role.LinkID)
	return []encode.Item{date, role}
}

func item(d *mapping.Definition, linkID string) encode.Item {
	it := encode.Item{LinkID: linkID, Type: types[d.Kind], Text: intake.Question(linkID), Repeats: d.Repeats || slices.Contains(repeatable, d.ID)}
	it.EnableWhen, it.Any = conditions(linkID)
	switch d.Kind {
	case mapping.Coded:
		it.Options = options(d, linkID)
	case mapping.Numeric:
		if slices.Contains(wholeNumbers, d.ID) {
			it.Type = "integer"
		}
		it.Unit = d.Unit
		it.Least, it.Most = bounds(d.ID)
	}
	return it
}

// bounds are those of the scale of a number: NRS 0-10, VAS 0-100 mm, nothing else
// below zero. The components of the SF-12 are standardised and have none.
func bounds(id string) (least, most *int32) {
	switch {
	case strings.HasPrefix(id, "sf12-"):
		return nil, nil
	case strings.HasSuffix(id, "-nrs"):
		return number(0), number(10)
	case strings.HasSuffix(id, "-vas"):
		return number(0), number(100)
	}
	return number(0), nil
}

func number(n int32) *int32 { return &n }

// options are the answers to a coded item.
func options(definition *mapping.Definition, linkID string) []encode.Option {
	var list []encode.Option
	add := func(code string) {
		list = append(list, encode.Option{System: mapping.IntakeSystem, Code: code, Display: intake.Names(code)})
	}
	for _, code := range definition.Codes {
		if only := narrowed[linkID]; only != nil && !slices.Contains(only, code) {
			continue
		}
		add(code)
		if definition.ID == "coanalgesic" {
			add(code + ":rejected-with-reason")
		}
	}
	return list
}

// narrowed are the answers that make sense to an indication, where others have
// answers of their own to the same question.
var narrowed = map[string][]string{
	"fbss.predominant": {"leg", "back", "equal"},
	"fnss.predominant": {"arm", "neck", "equal"},
	"crps.predominant": {"lower-limb", "upper-limb", "equal"},
}
