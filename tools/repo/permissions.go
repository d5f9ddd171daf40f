package main

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const releaseWorkflow = "release.yml"

var (
	// Triggers such as pull_request_target run untrusted code with our permissions.
	allowedTriggers    = []string{"push", "pull_request", "schedule", "workflow_dispatch", "workflow_call"}
	releasePermissions = []string{"contents: read", "contents: write", "id-token: write", "attestations: write"}
)

// checkPermissions finds jobs with more permissions than reading the public repository,
// or with secrets. Only a release may have them: it runs after tests and an approval,
// and uses nothing that another workflow can change.
func checkPermissions(r *repository) {
	for _, workflow := range r.workflows() {
		release := path.Base(workflow.file) == releaseWorkflow
		if top := at(workflow.root, "permissions"); top == nil || top.Kind != yaml.MappingNode || len(top.Content) > 0 {
			r.report(workflow.file, lineOf(top), "the workflow grants permissions to all jobs; set permissions: {} and give each job its own")
		}
		for _, job := range workflow.jobs() {
			rights := at(job.body, "permissions")
			if rights == nil || rights.Kind != yaml.MappingNode {
				r.report(workflow.file, job.name.Line, "the job %s has no list of permissions; add permissions with contents: read", job.name.Value)
			}
			for name, level := range entries(rights) {
				right := name.Value + ": " + level.Value
				if right != "contents: read" && (!release || !slices.Contains(releasePermissions, right)) {
					r.report(workflow.file, name.Line, "the job %s has the permission %s; only a release may have more than contents: read", job.name.Value, right)
				}
			}
		}
		for _, trigger := range workflow.triggers() {
			if !slices.Contains(allowedTriggers, trigger.Value) {
				r.report(workflow.file, trigger.Line, "%s may run untrusted code with our permissions; use one of %s", trigger.Value, strings.Join(allowedTriggers, ", "))
			}
		}
		if content := r.read(workflow.file); !release && strings.Contains(content, "secrets.") {
			r.report(workflow.file, lineAt(content, strings.Index(content, "secrets.")), "uses a secret; only %s may", releaseWorkflow)
		}
	}
	checkReleaseJob(r)
}

// triggers returns the events that start a workflow, which may be written as a word, a
// list or a mapping.
func (w workflow) triggers() (all []*yaml.Node) {
	on := at(w.root, "on")
	if on != nil && on.Kind == yaml.ScalarNode {
		return []*yaml.Node{on}
	}
	for name := range entries(on) {
		all = append(all, name)
	}
	return append(all, items(on)...)
}

// checkReleaseJob finds missing safeguards of the release job.
func checkReleaseJob(r *repository) {
	const file = ".github/workflows/" + releaseWorkflow
	release := at(r.yaml(file), "jobs", "release")
	var needs []string
	for _, job := range items(at(release, "needs")) {
		needs = append(needs, job.Value)
	}
	if !slices.Contains(needs, "test") || !slices.Contains(needs, "lint") {
		r.report(file, lineOf(release), "the release does not need the jobs test and lint; write needs: [test, lint]")
	}
	if text(at(release, "environment")) != "release" {
		r.report(file, lineOf(release), "the release needs no approval; write environment: release")
	}
	for _, step := range items(at(release, "steps")) {
		if action := at(step, "uses"); strings.HasPrefix(text(action), "actions/setup-go@") && text(at(step, "with", "cache")) != "false" {
			r.report(file, action.Line, "the release uses a cache that other workflows write; set cache: false")
		}
	}
}
