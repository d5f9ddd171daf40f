package acceptance

import (
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

const (
	testSDKAppID = "1400000000"
	testKey      = faults.Key
)

// newEmulator returns an emulator with the sample accounts of the API page.
func newEmulator(t *testing.T) *emulator.Emulator {
	t.Helper()
	return seededEmulator(t, emulator.SampleSeed())
}

func seededEmulator(t *testing.T, seed emulator.Seed) *emulator.Emulator {
	t.Helper()
	service, err := emulator.New(emulator.Options{SDKAppID: 1400000000, Key: testKey, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return service
}

// sampleStatistics are numbers of pushes, with the task ID of the API page, and a
// platform that delivers nothing.
func sampleStatistics() []emulator.Statistics {
	return []emulator.Statistics{
		{
			TaskID: "xxx-yyy-zzz", Account: "xiaoming",
			Platforms: map[string]emulator.Counts{"online": {Total: 1, Sent: 1, Delivered: 1, Clicked: 1}},
		},
		{
			TaskID: "xxx-yyy-zzz", Age: "26h",
			Platforms: map[string]emulator.Counts{"apns": {Total: 7, Sent: 7}},
			Losses:    []emulator.LossCount{{Stage: "after_send", Platform: "apns", Code: "403", Message: "ExpiredProviderToken", Count: 7}},
		},
		{
			Platforms: map[string]emulator.Counts{"huawei": {Total: 4, Sent: 2}},
			Losses: []emulator.LossCount{
				{Stage: "before_send", Platform: "huawei", Code: "6", Message: "no token", Count: 2},
				{Stage: "after_send", Platform: "huawei", Code: "80300007", Message: "invalid token", Count: 2},
			},
		},
	}
}

const requiredProviders = `
terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}
`

const readTeam = `
data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}
`
