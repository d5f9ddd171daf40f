package acceptance

import (
	"maps"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// holdings is what a service has: of accounts, and of the app.
type holdings struct {
	attributes map[string]map[string]string
	tags       map[string][]string
	names      map[string]string // attribute names by index
}

// holdingsOf reads what a service has, without the CLI and the provider.
func holdingsOf(t *testing.T, service *emulator.Emulator, accounts ...string) holdings {
	t.Helper()
	client := clientOf(t, service)
	attributes, err := client.GetUserAttributes(t.Context(), accounts, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	tags, err := client.GetUserTags(t.Context(), accounts, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names, err := client.GetAttributeNames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	has := holdings{attributes.Read, tags.Read, map[string]string{}}
	for _, name := range names {
		has.names[name.Index] = name.Name
	}
	return has
}

// scheduledTitles returns the titles of the scheduled pushes of a service in a time
// window.
func scheduledTitles(t *testing.T, service *emulator.Emulator, begin, end time.Time) (titles []string) {
	t.Helper()
	query := timpush.ScheduledQuery{By: timpush.ByTime, Begin: begin, End: end}
	err := clientOf(t, service).ListScheduledPushes(t.Context(), query, func(task timpush.ScheduledTask) bool {
		titles = append(titles, task.Title)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return titles
}

// clientOf returns a client of the service.
func clientOf(t *testing.T, service *emulator.Emulator) *timpush.Client {
	t.Helper()
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	endpoint, err := timpush.ParseEndpoint(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client, err := timpush.New(timpush.Config{
		SDKAppID: 1400000000, Endpoint: endpoint, Identifier: "administrator", SecretKey: timpush.NewSecret(testKey),
		RequestsPerSecond: 100, RequestTimeout: 10 * time.Second, Transport: server.Client().Transport,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// check compares what accounts have.
func (h holdings) check(t *testing.T, attributes map[string]map[string]string, tags map[string][]string) {
	t.Helper()
	for account, want := range attributes {
		if got := h.attributes[account]; !maps.Equal(got, want) {
			t.Errorf("the attributes of %s are %v, want %v", account, got, want)
		}
	}
	for account, want := range tags {
		if got := h.tags[account]; !slices.Equal(got, want) {
			t.Errorf("the tags of %s are %q, want %q", account, got, want)
		}
	}
}
