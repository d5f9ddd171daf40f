package provider

import (
	"os"
	"testing"
)

func TestTurnOffFrameworkLog(t *testing.T) { //nolint:paralleltest // the environment is the process's
	for before, want := range map[string]string{"": "off", "TRACE": "TRACE", "off": "off"} {
		t.Setenv(frameworkLogEnv, before)
		if err := TurnOffFrameworkLog(); err != nil {
			t.Fatal(err)
		}
		if got := os.Getenv(frameworkLogEnv); got != want {
			t.Errorf("the environment has %q: set to %q, want %q", before, got, want)
		}
	}
}
