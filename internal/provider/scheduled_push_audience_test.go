package provider

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"testing/synctest"
	"time"
)

// hiddenAudience removes the audience from responses.
type hiddenAudience struct{ http.Handler }

var audienceFields = regexp.MustCompile(`,"To_Account":\[[^]]*]|"Condition":{[^}]*},`)

func (h hiddenAudience) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	recorder := httptest.NewRecorder()
	h.Handler.ServeHTTP(recorder, request)
	_, _ = response.Write(audienceFields.ReplaceAll(recorder.Body.Bytes(), nil))
}

// No page says that the service returns the audience. If it does not, there is no drift, an
// update succeeds, and an import needs no other push.
func TestScheduledPushAudienceIsNotReturned(t *testing.T) {
	t.Parallel()
	for name, audience := range map[string]map[string]any{
		"accounts":  {"accounts": []any{"xiaoming"}},
		"condition": {"condition": map[string]any{"tags_or": []any{"x"}}},
	} {
		synctest.Test(t, func(t *testing.T) {
			t.Log(name)
			s := newScheduler(t, nil)
			s.wire.Handler = hiddenAudience{s.app}
			s.created(t, toUsers(values{"audience": audience}))
			arguments := toUsers(titled("Other"), values{"audience": audience})
			s.checkRun(t, arguments, "update\n", "get", "modify", "get")
			s.checkRun(t, arguments, "none\n", "get")

			imports := func() {
				s.instance = s.p.newInstance(s.kind)
				checkText(t, "import", s.importState(firstTask), "")
				s.wire.taken()
			}
			imports()
			s.checkRun(t, arguments, "update\n", "get", "modify", "get")
			s.checkRun(t, arguments, "none\n", "get")
			pass(2 * time.Hour)
			imports()
			s.checkRun(t, arguments, "update\n", "get")
			s.checkRun(t, arguments, "none\n", "get")
		})
	}
}
