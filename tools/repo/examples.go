package main

import "slices"

// checkExamples finds examples without a README. Examples of kinds and of the provider
// need none, because the docs show them, nor does the demo, which `make demo` runs.
func checkExamples(r *repository) {
	for _, name := range r.names("examples") {
		folder := "examples/" + name
		if slices.Contains(kindFolders, name) || name == "provider" || name == "demo" {
			continue
		}
		if !r.exists(folder + "/README.md") {
			r.report(folder, 0, "no README.md; add one that says what the example shows and how to run it")
		}
	}
	checkMockedTests(r)
}

// checkMockedTests finds differences between the module's tests for Terraform and for
// OpenTofu, which have a file of their own because OpenTofu reads no mock files.
func checkMockedTests(r *repository) {
	const folder = "examples/push-audience/"
	const forTerraform, forTofu, mocks = folder + "tests/unit.tftest.hcl", folder + "tests/unit.tofutest.hcl", folder + "mocks/timpush.tfmock.hcl"
	_, runs := cutAt(r.read(forTerraform), "\nvariables {")
	mocked, tofuRuns := cutAt(r.read(forTofu), "\nvariables {")
	if runs != tofuRuns || runs == "" {
		r.report(forTofu, 0, "differs from %s in its runs; copy everything from the variables block on", forTerraform)
	}
	if _, data := cutAt(r.read(mocks), "\nmock_data "); data == "" || !containsWords(mocked, data) {
		r.report(forTofu, 0, "differs from %s in its mocks; copy the mock_data blocks", mocks)
	}
}
