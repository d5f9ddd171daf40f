package main

import "slices"

// checkExamples finds examples to copy that nothing explains. Those of kinds and of
// the provider are in the docs, and the demo is what `make demo` runs.
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

// checkMockedTests finds tests of the module that only one CLI runs: OpenTofu reads
// no mock files, and so has the tests of Terraform in a file of its own.
func checkMockedTests(r *repository) {
	const folder = "examples/push-audience/"
	const forTerraform, forTofu, mocks = folder + "tests/unit.tftest.hcl", folder + "tests/unit.tofutest.hcl", folder + "mocks/timpush.tfmock.hcl"
	_, runs := cutAt(r.read(forTerraform), "\nvariables {")
	mocked, tofuRuns := cutAt(r.read(forTofu), "\nvariables {")
	if runs != tofuRuns || runs == "" {
		r.report(forTofu, 0, "other runs than in %s; copy all from the variables block on", forTerraform)
	}
	if _, data := cutAt(r.read(mocks), "\nmock_data "); data == "" || !containsWords(mocked, data) {
		r.report(forTofu, 0, "other mocks than in %s; copy the mock_data blocks", mocks)
	}
}
