package main

import (
	"regexp"
	"strings"
)

var (
	pinned     = regexp.MustCompile(`^[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	makeTarget = regexp.MustCompile(`^make ([a-z-]+)(?: [A-Z]+=\w+)?$`)
)

// checkSteps finds:
//   - jobs without a time limit
//   - actions that are not pinned by hash, because a tag can be moved
//   - checkouts that keep credentials
//   - commands other than make targets, which a person can run as well
func checkSteps(r *repository) {
	makefile := r.read("GNUmakefile")
	for _, workflow := range r.workflows() {
		if len(workflow.jobs()) == 0 {
			r.report(workflow.file, 0, "no jobs; delete or fix the file")
		}
		for _, uses := range workflow.uses() {
			if called := strings.TrimSpace(uses.Value + " " + uses.LineComment); !strings.HasPrefix(called, "./.github/workflows/") && !pinned.MatchString(called) {
				r.report(workflow.file, uses.Line, "%s is not pinned; write it as owner/name@<commit> # v1.2.3", called)
			}
		}
		for _, job := range workflow.jobs() {
			if at(job.body, "timeout-minutes") == nil && at(job.body, "uses") == nil {
				r.report(workflow.file, job.name.Line, "the job %s has no timeout-minutes; set it", job.name.Value)
			}
			for _, step := range job.steps() {
				if action := at(step, "uses"); strings.HasPrefix(text(action), "actions/checkout@") && text(at(step, "with", "persist-credentials")) != "false" {
					r.report(workflow.file, action.Line, "the checkout keeps credentials; set persist-credentials: false")
				}
				run := at(step, "run")
				if run == nil {
					continue
				}
				if target := makeTarget.FindStringSubmatch(run.Value); target == nil || !strings.Contains(makefile, "\n"+target[1]+":") {
					r.report(workflow.file, run.Line, "%q is not a make target; add one to GNUmakefile and run that", run.Value)
				}
			}
		}
	}
}
