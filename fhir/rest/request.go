package rest

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

// The media types.
const (
	FHIRJSON = "application/fhir+json"
	JSON     = "application/json"
)

// sent are the media types of the bodies that are read.
var sent = []string{FHIRJSON, JSON}

// Accept refuses a client that takes none of the types in which an answer is written.
func Accept(c *gin.Context, answers ...string) error {
	_, err := Choose(c, answers...)
	return err
}

// Choose is the first of the types in which an answer can be written that the client takes;
// one that takes none is refused. The parameter _format goes before the header.
func Choose(c *gin.Context, answers ...string) (string, error) {
	wanted := c.GetHeader("Accept")
	if format := c.Query("_format"); format != "" {
		wanted = strings.ReplaceAll(format, " ", "+") // an unescaped "+"
	}
	if wanted == "" || wanted == "json" {
		return answers[0], nil
	}
	chosen := len(answers)
	for part := range strings.SplitSeq(wanted, ",") {
		kind, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil && q == 0 {
			continue
		}
		if kind == "*/*" || kind == "application/*" {
			return answers[0], nil
		}
		if i := slices.Index(answers, kind); i >= 0 {
			chosen = min(chosen, i)
		}
	}
	if chosen < len(answers) {
		return answers[chosen], nil
	}
	return "", Refuse(http.StatusNotAcceptable, "not-supported", "", "the answer is written as "+strings.Join(answers, " or ")+" only")
}

// Body reads what was sent, of at most limit bytes.
func Body(c *gin.Context, limit int64) ([]byte, error) {
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	encoding := c.GetHeader("Content-Encoding")
	if err != nil || !slices.Contains(sent, kind) || charset != "" && charset != "utf-8" || encoding != "" && encoding != "identity" {
		return nil, Refuse(http.StatusUnsupportedMediaType, "not-supported", "", "the body must be "+FHIRJSON+" in UTF-8, not compressed")
	}
	content, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, Refuse(http.StatusRequestEntityTooLarge, "too-long", "", "the body is larger than "+strconv.FormatInt(limit, 10)+" bytes")
	case err != nil:
		return nil, Refuse(http.StatusBadRequest, "structure", "", "the body could not be read to its end")
	}
	return content, nil
}
