package provider

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// EnvironmentConfig returns the configuration that the environment gives to an empty
// provider block, for commands that call the service like the provider.
func EnvironmentConfig(getenv func(string) string) (timpush.Config, error) {
	read := resolver{getenv: getenv}
	read.resolve(providerModel{})
	var problems []error
	add := func(problem diag.Diagnostic) {
		if problem != nil && problem.Severity() == diag.SeverityError {
			problems = append(problems, errors.New(problem.Summary()+": "+problem.Detail()))
		}
	}
	for _, problem := range read.diags {
		add(problem)
	}
	for _, gap := range read.gaps {
		add(gap.Problem)
	}
	return read.config, errors.Join(problems...)
}
