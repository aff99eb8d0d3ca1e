package telemetry

import (
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
)

// Trace gives every request a span that goes on with the trace of the caller. It is to
// stand before what handles requests, after Traces has been called.
func Trace() gin.HandlerFunc { return otelgin.Middleware("pijnpoort") }
