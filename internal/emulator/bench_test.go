package emulator

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkAccounts sends 100 accounts a request to an app with 1,000 tags, for apps of different sizes. The time for an
// account must not depend on the size.
func BenchmarkAccounts(b *testing.B) {
	for _, size := range []int{1_000, 10_000} {
		seed := Seed{Accounts: map[string]Account{}}
		for i := range size {
			tags := make([]string, 10)
			for j := range tags {
				tags[j] = fmt.Sprintf("tag%03d", (10*i+j)%1000)
			}
			seed.Accounts[benchAccount(i)] = Account{Attributes: map[string]string{"city": "ShenZhen", "level": "gold"}, Tags: tags}
		}
		for _, command := range []struct{ api, list, item string }{
			{"get_attr", "To_Account", `%q`},
			{"set_attr", "UserAttrs", `{"To_Account":%q,"Attrs":{"city":"BeiJing","level":"silver"}}`},
			{"remove_attr", "UserAttrs", `{"To_Account":%q,"Attrs":["city","level"]}`},
			{"get_tag", "To_Account", `%q`},
			{"add_tag", "UserTags", `{"To_Account":%q,"Tags":["tag000","tag111","tag222","tag333","tag444"]}`},
			{"remove_tag", "UserTags", `{"To_Account":%q,"Tags":["tag000","tag111","tag222","tag333","tag444"]}`},
			{"clear_all_tags", "To_Account", `%q`},
		} {
			b.Run(fmt.Sprintf("%s/%d", command.api, size), func(b *testing.B) {
				e, err := New(Options{SDKAppID: testApp, Key: testKey, Seed: seed, RequestsPerSecond: 1_000_000})
				if err != nil {
					b.Fatal(err)
				}
				bodies := make([]string, size/100)
				for i := range bodies {
					items := make([]string, 100)
					for j := range items {
						items[j] = fmt.Sprintf(command.item, benchAccount(100*i+j))
					}
					bodies[i] = fmt.Sprintf(`{%q:[%s]}`, command.list, strings.Join(items, ","))
				}
				url := pathPrefix + command.api + "?" + validQuery(b).Encode()
				for n := 0; b.Loop(); n++ {
					r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, url, strings.NewReader(bodies[n%len(bodies)]))
					w := httptest.NewRecorder()
					e.ServeHTTP(w, r)
					if !strings.HasPrefix(w.Body.String(), `{"ActionStatus":"OK"`) {
						b.Fatal(w.Body)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/account")
			})
		}
	}
}

func benchAccount(i int) string { return fmt.Sprintf("user%06d", i) }
