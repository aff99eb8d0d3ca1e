package cdshooks

import (
	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir/rest"
)

// languages are those that cards and discovery are in.
var languages = rest.Languages

// language is what the caller prefers of what we speak, else the default.
func (s *server) language(c *gin.Context) string { return rest.Language(c.Request, s.Language) }
