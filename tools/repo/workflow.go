package main

import (
	"path"

	"go.yaml.in/yaml/v3"
)

// workflow is a GitHub Actions workflow. actionlint checks its syntax.
type workflow struct {
	file string
	root *yaml.Node
}

// job is a job of a workflow.
type job struct {
	name *yaml.Node
	body *yaml.Node
}

func (r *repository) workflows() (all []workflow) {
	for _, file := range r.glob(".github/workflows/*") {
		if path.Ext(file) != ".yml" {
			r.report(file, 0, "actionlint ignores it; rename it to .yml")
			continue
		}
		all = append(all, workflow{file, r.yaml(file)})
	}
	return all
}

func (w workflow) jobs() (jobs []job) {
	for name, body := range entries(at(w.root, "jobs")) {
		jobs = append(jobs, job{name, body})
	}
	return jobs
}

func (j job) steps() []*yaml.Node { return items(at(j.body, "steps")) }

// uses returns the nodes that name an action or a reusable workflow.
func (w workflow) uses() (all []*yaml.Node) {
	for _, job := range w.jobs() {
		if called := at(job.body, "uses"); called != nil {
			all = append(all, called)
		}
		for _, step := range job.steps() {
			if action := at(step, "uses"); action != nil {
				all = append(all, action)
			}
		}
	}
	return all
}
