package operations

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir/rest"
)

// refusal is why a request is not answered.
type refusal = rest.Refusal

// refuse makes a refusal of one issue.
var refuse = rest.Refuse

// NotFound is for the NoRoute of an engine: an OperationOutcome under /fhir, the bare
// status elsewhere.
func NotFound(c *gin.Context) {
	if !strings.HasPrefix(c.Request.URL.Path, root+"/") {
		c.Status(http.StatusNotFound)
		return
	}
	refuse(http.StatusNotFound, "not-found", "", "nothing is served here; see "+root+"/metadata").Send(c)
}
