package normalise

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// Shape is the form in which resources are sent together.
type Shape string

// The shapes.
const (
	// Collection is a Bundle that the receiver takes apart by itself.
	Collection Shape = "collection"
	// Transaction asks a FHIR server to take in all entries or none, by conditional requests.
	Transaction Shape = "transaction"
	// Batch asks a FHIR server to take in every entry by itself.
	Batch Shape = "batch"
	// NDJSON is a resource a line, as in bulk data.
	NDJSON Shape = "ndjson"
)

// Shapes are all shapes.
var Shapes = []Shape{Collection, Transaction, Batch, NDJSON}

// Precision is how much of the dates of birth and death is sent.
type Precision string

// The precisions; the zero value is ToYear.
const (
	ToYear  Precision = "year"
	ToMonth Precision = "month"
	ToDay   Precision = "day"
	NoDate  Precision = "none"
)

// Precisions are all precisions.
var Precisions = []Precision{ToYear, ToMonth, ToDay, NoDate}

// Target is a registry and what it takes.
type Target struct {
	// Name is what the site calls it; it tags Bundles.
	Name string
	// Recipient identifies the registry: everybody gets other pseudonyms.
	Recipient string
	// Scope is the data set or agreement, where one registry has several; may be empty.
	Scope string
	// Shape is Collection when empty.
	Shape Shape
	// BirthDate is ToYear when empty.
	BirthDate Precision
	// Include are the ids of the profiles that it takes; empty is all. Organization, Patient
	// and Provenance always go along.
	Include []string
	// AllowClientIDs: it lets senders choose ids, so that a Provenance can be in a transaction.
	AllowClientIDs bool
	// MaxEntries and MaxBytes bound one document; what is more is split. Zero is no bound.
	MaxEntries, MaxBytes int
	// Room is how many bytes the target seems to take at once: a document is larger only where
	// it cannot be split. Zero is not known.
	Room int
}

// Centre is who sends.
type Centre struct {
	// Clinic is where things happened unless they say otherwise; may be absent.
	Clinic registration.Identifier
	// Name of the clinic; may be empty.
	Name string
	// Manufacturers of devices besides those that are known.
	Manufacturers []string
}

// Normaliser makes what a target gets. It is safe for concurrent use.
type Normaliser struct {
	Target     Target
	Centre     Centre
	Pseudonyms pseudonym.Pseudonymiser
	// Preference says by which identifier a patient is known of whom none was chosen yet.
	Preference pseudonym.Preference
	// Software is the version of the program that sends.
	Software string
}

// name is what can be part of a URL as it is.
var name = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// ErrNames is the fault of a target whose name or recipient cannot be in an identifier.
var ErrNames = errors.New("must be at most 64 letters, digits, points, dashes and underscores")

// Check says what is wrong with a target, naming its setting.
func (t Target) Check() error {
	switch {
	case !name.MatchString(t.Name):
		return fmt.Errorf("name: %w", ErrNames)
	case !name.MatchString(t.Recipient):
		return fmt.Errorf("recipient: %w", ErrNames)
	case t.Shape != "" && !slices.Contains(Shapes, t.Shape):
		return errors.New("shape: must be collection, transaction, batch or ndjson")
	case t.BirthDate != "" && !slices.Contains(Precisions, t.BirthDate):
		return errors.New("birthDate: must be year, month, day or none")
	case t.MaxEntries < 0 || t.MaxBytes < 0:
		return errors.New("maxEntries, maxBytes: must not be negative")
	}
	for _, id := range t.Include {
		if !slices.ContainsFunc(profileTable, func(p profile) bool { return p.id == id }) {
			return fmt.Errorf("include: there is no profile %q", id)
		}
	}
	return nil
}
