package operations

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
)

const (
	fhirJSON  = rest.FHIRJSON
	plainJSON = rest.JSON
)

// body reads what was sent, within the limit.
func (s *server) body(c *gin.Context) ([]byte, error) { return rest.Body(c, s.Limits.Bytes) }

// chart reads a body. A chart of which nothing at all could be read is refused.
func (s *server) chart(c *gin.Context, content []byte) (*fhir.Chart, error) {
	chart, err := decode.Bundle("", content, s.Limits)
	if err != nil {
		return nil, rest.Unreadable(err)
	}
	c.Set(chartKey, chart)
	if len(chart.Resources) == 0 && len(chart.Rejected) > 0 {
		return nil, &refusal{Status: http.StatusBadRequest, Issues: fates(chart.Rejected, fhir.SeverityError, "invalid")}
	}
	return chart, nil
}
