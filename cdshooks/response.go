package cdshooks

import (
	"bytes"

	"github.com/go-json-experiment/json"
)

// Response is the answer to a call (https://cds-hooks.hl7.org/2.0/#cds-service-response).
type Response struct {
	Cards []Card `json:"cards"`
	// SystemActions are done by the client without asking the user.
	SystemActions []Action `json:"systemActions,omitempty"`
}

// document is the response as JSON. Resources that are updated stand in it byte for byte
// as the service gives them: they are the client's, with something added.
func (r *Response) document() ([]byte, error) {
	cards, err := json.Marshal(Response{Cards: r.Cards})
	if err != nil || len(r.SystemActions) == 0 {
		return cards, err
	}
	var out bytes.Buffer
	out.Write(cards[:len(cards)-1])
	out.WriteString(`,"systemActions":`)
	for i, action := range r.SystemActions {
		out.WriteByte("[,"[min(i, 1)])
		resource := action.Resource
		action.Resource = nil
		head, err := json.Marshal(action)
		if err != nil {
			return nil, err
		}
		out.Write(head[:len(head)-1])
		if resource != nil {
			out.WriteString(`,"resource":`)
			out.Write(resource)
		}
		out.WriteByte('}')
	}
	out.WriteString("]}")
	return out.Bytes(), nil
}
