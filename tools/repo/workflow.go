package main

import (
	"path"

	"go.yaml.in/yaml/v3"
)

// workflow is a file of GitHub's. Linting finds what is wrong with its syntax.
type workflow struct {
	file string
	root *yaml.Node
}

// job is one of a workflow.
type job struct {
	name *yaml.Node
	body *yaml.Node
}

func (r *repository) workflows() (all []workflow) {
	for _, file := range r.glob(".github/workflows/*") {
		if path.Ext(file) != ".yml" {
			r.report(file, 0, "actionlint does not see it; name it .yml")
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

// uses are the nodes that name an action or a workflow.
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
