package cdshooks

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
)

// specification is the version of CDS Hooks that discovery states.
const specification = "2.0.1"

// discovery is what GET cds-services answers, made once.
type discovery struct {
	document []byte
	etag     string
}

// listing is a service on one hook (https://cds-hooks.hl7.org/2.0/#discovery).
type listing struct {
	Hook              Hook              `json:"hook"`
	ID                string            `json:"id"`
	Title             string            `json:"title,omitempty"`
	Description       string            `json:"description"`
	Prefetch          map[string]string `json:"prefetch,omitempty"`
	UsageRequirements string            `json:"usageRequirements,omitempty"`
	Version           string            `json:"version"`
}

func newDiscovery(services []Service) (*discovery, error) {
	listings := []listing{}
	for i := range services {
		s := &services[i]
		prefetch := make(map[string]string, len(s.Prefetch))
		for _, t := range s.Prefetch {
			prefetch[t.Key] = t.Query
		}
		for _, hook := range s.Hooks {
			listings = append(listings, listing{hook, s.ID, s.Title, s.Description, prefetch, s.UsageRequirements, specification})
		}
	}
	document, err := json.Marshal(map[string][]listing{"services": listings}, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(document)
	return &discovery{document, `"` + hex.EncodeToString(sum[:16]) + `"`}, nil
}

// get answers with the services, or that they are as the client knows them.
func (d *discovery) get(c *gin.Context) {
	c.Header("ETag", d.etag)
	c.Header("Cache-Control", "no-cache")
	if known := c.GetHeader("If-None-Match"); known == "*" || slices.Contains(strings.Split(strings.ReplaceAll(known, " ", ""), ","), d.etag) {
		c.Status(http.StatusNotModified)
		return
	}
	c.Data(http.StatusOK, jsonType, d.document)
}
