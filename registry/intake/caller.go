package intake

import (
	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/registry/audit"
)

// Caller is who calls, once Authenticated let him through, as the audit log names him.
func Caller(c *gin.Context) audit.Party { return party(c) }
