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

// discovery is what GET cds-services answers, made once, by language.
type discovery map[string]document

// document is what is served as it is, with its ETag.
type document struct {
	content []byte
	etag    string
}

func newDocument(content []byte) document {
	sum := sha256.Sum256(content)
	return document{content, `"` + hex.EncodeToString(sum[:16]) + `"`}
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
	Extension         map[string]any    `json:"extension,omitempty"`
}

func newDiscovery(services []Service) (discovery, error) {
	d := discovery{}
	for _, lang := range languages {
		listings := []listing{}
		for i := range services {
			listings = append(listings, services[i].listings(lang)...)
		}
		content, err := json.Marshal(map[string][]listing{"services": listings}, json.Deterministic(true))
		if err != nil {
			return nil, err
		}
		d[lang] = newDocument(content)
	}
	return d, nil
}

// listings are a service on each of its hooks.
func (s *Service) listings(lang string) []listing {
	prefetch := make(map[string]string, len(s.Prefetch))
	for _, t := range s.Prefetch {
		prefetch[t.Key] = t.Query
	}
	words := s.words(lang)
	list := make([]listing, len(s.Hooks))
	for i, hook := range s.Hooks {
		list[i] = listing{hook, s.ID, words.Title, words.Description, prefetch, words.UsageRequirements, specification, s.Extension}
	}
	return list
}

// discover answers with the services.
func (s *server) discover(c *gin.Context) {
	lang := s.language(c)
	c.Header("Content-Language", lang)
	s.discovery[lang].serve(c, jsonType)
}

// serve answers with the document, or that it is as the client knows it.
func (d document) serve(c *gin.Context, mediaType string) {
	c.Header("ETag", d.etag)
	c.Header("Cache-Control", "no-cache")
	if known := c.GetHeader("If-None-Match"); known == "*" || slices.Contains(strings.Split(strings.ReplaceAll(known, " ", ""), ","), d.etag) {
		c.Status(http.StatusNotModified)
		return
	}
	c.Data(http.StatusOK, mediaType, d.content)
}
