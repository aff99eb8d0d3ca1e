package neuromodulation

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
)

// unread are the resources that could not be read, with the place in what was sent.
func (d *document) unread(c *fhir.Chart) []cdshooks.Datum {
	var list []cdshooks.Datum
	for _, rejected := range c.Rejected {
		_, within, _ := strings.Cut(rejected.Path, "]") // past the entry of what we put together
		key := strings.TrimPrefix(d.place(rejected.Path), "prefetch.") + strings.TrimPrefix(within, ".resource")
		reason := rejected.Reason
		if !strings.HasPrefix(rejected.Resource, "Bundle.") { // that is no name
			reason = rejected.Resource + ": " + reason
		}
		list = append(list, cdshooks.Datum{Key: key, Reason: reason})
	}
	return list
}

// told logs where the data of a call could not be read.
func (o Options) told(call *cdshooks.Call, c *chart) {
	if o.Log == nil || len(c.lacks) == 0 {
		return
	}
	var places []string
	for _, d := range c.lacks[:min(mostLacks, len(c.lacks))] {
		places = append(places, d.Key)
	}
	o.Log.Warn("cdshooks: data not read", "service", call.Service, "hook", string(call.Hook), "count", len(c.lacks), "places", places)
}
