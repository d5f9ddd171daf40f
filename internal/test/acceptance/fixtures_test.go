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
