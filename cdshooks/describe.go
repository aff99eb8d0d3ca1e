package cdshooks

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks/contract"
)

// Where the description of the services for machines is.
const (
	OpenAPIPath = "/openapi/cds-hooks.json"
	SchemasPath = "/schemas/cds-hooks"
)

// schemaType is the media type of JSON Schemas
// (https://json-schema.org/draft/2020-12/json-schema-core#section-14.1).
const schemaType = "application/schema+json"

// describe serves the description of the services. It is the same for everybody and
// says nothing of the site, so that nobody needs a JWT for it.
func (s *server) describe(router gin.IRouter) error {
	openAPI, err := contract.OpenAPI(s.PublicBase)
	if err != nil {
		return err
	}
	schemas, err := contract.Schemas()
	if err != nil {
		return err
	}
	described := newDocument(openAPI)
	documents := make(map[string]document, len(schemas))
	for name, content := range schemas {
		documents[name] = newDocument(content)
	}
	s.publish(router, OpenAPIPath, jsonType, func(string) (document, bool) { return described, true })
	s.publish(router, SchemasPath+"/:name", schemaType, func(name string) (document, bool) {
		d, ok := documents[name]
		return d, ok
	})
	return nil
}

// publish serves documents that do not change.
func (s *server) publish(router gin.IRouter, path, mediaType string, find func(name string) (document, bool)) {
	serve := func(c *gin.Context) {
		d, ok := find(c.Param("name"))
		if !ok {
			s.fail(c, refuse(http.StatusNotFound, "not-found", "", "there is no document with this name"))
			return
		}
		d.serve(c, mediaType)
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		router.Handle(method, path, s.recover, s.allowOrigin, s.limit, serve)
	}
}
