package cdshooks

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"
)

// allowOrigin lets browsers of allowed origins read the answer
// (https://fetch.spec.whatwg.org/#http-cors-protocol). Others get an answer that
// their browser keeps from them.
func (s *server) allowOrigin(c *gin.Context) {
	c.Header("Vary", "Origin, Accept-Language")
	origin := c.GetHeader("Origin")
	if origin == "" || !s.allows(origin) {
		return
	}
	c.Header("Access-Control-Allow-Origin", origin)
	c.Header("Access-Control-Expose-Headers", "ETag, Content-Language, Retry-After")
	if c.Request.Method == http.MethodOptions {
		c.Header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
		c.Header("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, Accept-Language, If-None-Match")
		c.Header("Access-Control-Max-Age", "600")
	}
}

func (s *server) allows(origin string) bool {
	if slices.Contains(s.Origins, "*") || slices.Contains(s.Origins, origin) {
		return true
	}
	return slices.Contains(s.Origins, LoopbackOrigins) && isLoopbackOrigin(origin)
}

func isLoopbackOrigin(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && isThisMachine(u.Hostname())
}
