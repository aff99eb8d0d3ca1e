package operations

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

const (
	fhirJSON  = "application/fhir+json"
	plainJSON = "application/json"
)

// sent are the media types of the bodies that are read.
var sent = []string{fhirJSON, plainJSON}

// accept refuses a client that takes none of the types in which an answer is written.
// The parameter _format goes before the header.
func accept(c *gin.Context, answers ...string) error {
	wanted := c.GetHeader("Accept")
	if format := c.Query("_format"); format != "" {
		wanted = strings.ReplaceAll(format, " ", "+") // an unescaped "+"
	}
	if wanted == "" || wanted == "json" {
		return nil
	}
	for part := range strings.SplitSeq(wanted, ",") {
		kind, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil && q == 0 {
			continue
		}
		if kind == "*/*" || kind == "application/*" || slices.Contains(answers, kind) {
			return nil
		}
	}
	return refuse(http.StatusNotAcceptable, "not-supported", "", "the answer is written as "+strings.Join(answers, " or ")+" only")
}

// body reads what was sent, within the limit.
func (s *server) body(c *gin.Context) ([]byte, error) {
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	encoding := c.GetHeader("Content-Encoding")
	if err != nil || !slices.Contains(sent, kind) || charset != "" && charset != "utf-8" || encoding != "" && encoding != "identity" {
		return nil, refuse(http.StatusUnsupportedMediaType, "not-supported", "", "the body must be "+fhirJSON+" in UTF-8, not compressed")
	}
	content, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, s.Limits.Bytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, refuse(http.StatusRequestEntityTooLarge, "too-long", "", "the body is larger than "+strconv.FormatInt(s.Limits.Bytes, 10)+" bytes")
	case err != nil:
		return nil, refuse(http.StatusBadRequest, "structure", "", "the body could not be read to its end")
	}
	return content, nil
}

// chart reads a body. A chart of which nothing at all could be read is refused.
func (s *server) chart(content []byte) (*fhir.Chart, error) {
	chart, err := decode.Bundle("", content, s.Limits)
	if err != nil {
		return nil, unreadable(err)
	}
	if len(chart.Resources) == 0 && len(chart.Rejected) > 0 {
		return nil, &refusal{http.StatusBadRequest, fates(chart.Rejected, fhir.SeverityError, "invalid")}
	}
	return chart, nil
}
