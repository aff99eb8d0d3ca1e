package standpunt

import (
	"fmt"
	"slices"
	"time"
)

// Version is a state of the rules. Versions follow each other without gap or
// overlap; the date of assessment chooses among them.
type Version struct {
	ID string `json:"id"`
	// From and To are the first and last day, as ISO dates; an empty From
	// or To leaves that end open.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Status says where the version comes from and what differs.
	Status Text `json:"status"`
}

// The ids of the versions.
const (
	Concept2019 = "concept-2019"
	ZIN2019     = "zin-2019"
	NVA2020     = "nva-2020"
	NVA2021     = "nva-2021"
)

var versions = []Version{
	{ID: Concept2019, To: "2019-11-11", Status: Text{
		NL: "Concept van juni 2019, nooit van kracht geweest: drie aandoeningen. Vóór 12 november 2019 gold geen regel.",
		EN: "Concept of June 2019, never in force: three conditions. Before 12 November 2019 no rule was in force.",
	}},
	{ID: ZIN2019, From: "2019-11-12", To: "2019-12-31", Status: Text{
		NL: "Standpunt van het Zorginstituut van 12 november 2019. Over de niet-vergoede aandoeningen spreken de bronnen elkaar tot 1 januari 2020 tegen.",
		EN: "Standpunt of the Zorginstituut of 12 November 2019. On the conditions not reimbursed the sources contradict each other until 1 January 2020.",
	}},
	{ID: NVA2020, From: "2020-01-01", To: "2020-12-31", Status: Text{
		NL: "Het volledige standpunt van de NVA, met occipitale stimulatie. Onder een overeenkomst geldt samen een volume van twintig.",
		EN: "The full standpunt of the NVA, occipital stimulation included. Under an agreement the joint volume is twenty.",
	}},
	{ID: NVA2021, From: "2021-01-01", Status: Text{
		NL: "Als nva-2020; onder een overeenkomst geldt samen een volume van vijftig.",
		EN: "As nva-2020; under an agreement the joint volume is fifty.",
	}},
}

// Versions gives the versions, oldest first.
func Versions() []Version {
	return slices.Clone(versions)
}

// FindVersion gives the version with an id.
func FindVersion(id string) (Version, bool) {
	for _, v := range versions {
		if v.ID == id {
			return v, true
		}
	}
	return Version{}, false
}

// VersionOn gives the version that belongs to a date, YYYY-MM-DD. It gives the
// concept for a date on which no version was in force: ask InForce. A date
// that is not a full, existing date is an error.
func VersionOn(date string) (Version, error) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return Version{}, fmt.Errorf("standpunt: version: not a date of the form YYYY-MM-DD")
	}
	for _, v := range versions {
		if v.covers(date) {
			return v, nil
		}
	}
	return Version{}, fmt.Errorf("standpunt: no version belongs to that date")
}

// InForce says whether the version was the rule on a date, YYYY-MM-DD. The concept
// never was.
func (v Version) InForce(date string) bool {
	return v.ID != Concept2019 && v.covers(date)
}

// covers compares ISO dates, whose order is that of their strings.
func (v Version) covers(date string) bool {
	return v.From <= date && (v.To == "" || date <= v.To)
}
