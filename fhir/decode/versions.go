package decode

import (
	"cmp"
	"strconv"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Superseded is the reason for which an older version of a resource is skipped.
const Superseded = "a newer version of the resource came along"

// newestVersions leaves, of a resource that came in several versions, the newest: what
// was put right must not stand beside what it put right. meta.lastUpdated tells which
// is newer, else a versionId that is a number; versions that neither tells apart stay.
func newestVersions(c *fhir.Chart) {
	newest := make(map[string]version, len(c.Resources))
	for _, r := range c.Resources {
		if key, v := identityOf(r), versionOf(r); newest[key].before(v) {
			newest[key] = v
		}
	}
	c.Skip(func(r fhir.Resource) string {
		if key, v := identityOf(r), versionOf(r); key != "" && v.told(newest[key]) && v.before(newest[key]) {
			return Superseded
		}
		return ""
	})
	c.Patient = nil
	for _, r := range c.Resources {
		if p, ok := r.(*fhir.Patient); ok {
			c.Patient = p
			break
		}
	}
}

// identityOf is the same for all versions of a resource: its type and id, with the server
// where the fullUrl tells it; "" without id.
func identityOf(r fhir.Resource) string {
	h := r.Head()
	if h.ID == "" {
		return ""
	}
	base, _ := fhir.SplitReference(h.Origin.FullURL)
	return base + fhir.Name(r)
}

// version is what tells versions apart; the zero value tells nothing.
type version struct {
	updated time.Time
	number  uint64 // of the versionId; 0 when it is no number
}

func versionOf(r fhir.Resource) version {
	meta := r.Head().Meta
	number, _ := strconv.ParseUint(meta.VersionID, 10, 64)
	return version{meta.LastUpdated.Time, number}
}

// before orders versions by lastUpdated, those without it first, then by number.
func (v version) before(other version) bool {
	return cmp.Or(v.updated.Compare(other.updated), cmp.Compare(v.number, other.number)) < 0
}

// told reports whether the version says by the same means as the newest where it stands.
func (v version) told(newest version) bool {
	if !newest.updated.IsZero() && v.updated.IsZero() {
		return false
	}
	return !v.updated.Equal(newest.updated) || v.number != 0
}
