package neuromodulation_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/cdshooks/contract"
)

// The call that the OpenAPI document gives as an example is answered as it says: who tries
// it out sees no refusal.
func TestTheExampleOfTheDescriptionIsAnswered(t *testing.T) {
	document, err := contract.OpenAPI("")
	if err != nil {
		t.Fatal(err)
	}
	var api struct {
		Paths map[string]struct {
			Post struct {
				RequestBody struct {
					Content map[string]struct {
						Examples map[string]struct{ Value object }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(document, &api); err != nil {
		t.Fatal(err)
	}
	examples := api.Paths["/cds-services/{id}"].Post.RequestBody.Content["application/json"].Examples
	if len(examples) == 0 {
		t.Fatal("the description has no example")
	}
	s := serve(t)
	for name, example := range examples {
		if status, answer := post(t, s, eligibility, example.Value); status != http.StatusOK || !strings.Contains(string(answer), `"cards":[]`) {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
}
