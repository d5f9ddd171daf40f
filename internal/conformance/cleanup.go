package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// How often a part of the cleanup is tried, and for how long the cleanup lasts at most.
const (
	cleanupTries = 3
	cleanupLimit = 2 * time.Minute
)

// cleanUp removes everything that the run created, also after an interruption, and returns what it could not remove.
func (s *session) cleanUp(ctx context.Context) (left []string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupLimit)
	defer cancel()
	try := func(created bool, what string, remove func(context.Context) error) {
		for tries := 0; created; tries++ {
			err := remove(ctx)
			if err == nil {
				return
			}
			if tries == cleanupTries-1 || sleep(ctx, refusalWait) != nil {
				left = append(left, fmt.Sprintf("%s (%v)", what, err))
				return
			}
		}
	}
	try(s.wrote.tasks, "scheduled pushes to accounts 1 and 2 whose title has "+s.mark+": delete them in the console", s.removeTasks)
	try(s.wrote.tags, "tags of the accounts: remove them with clear_all_tags", s.removeAllTags)
	try(s.wrote.attributes, "attributes of the accounts: remove them with remove_attr", s.removeAllAttributes)
	return left
}

// kept returns what the service cannot remove.
func (s *session) kept() (list []string) {
	for _, name := range s.names {
		if name.own() {
			list = append(list, fmt.Sprintf("attribute name %s at index %s, which no command can delete; later runs use it again", name.name, name.index))
		}
	}
	return list
}

// removeTasks deletes the run's scheduled pushes: those whose ID is known, and those that a search finds, since a response
// that was lost may have had the ID of another.
func (s *session) removeTasks(ctx context.Context) error {
	listed, err := s.listedTasks(ctx)
	problems := []error{err}
	for _, id := range listed {
		if !slices.Contains(s.tasks, id) {
			s.tasks = append(s.tasks, id)
		}
	}
	s.tasks = slices.DeleteFunc(s.tasks, func(id string) bool {
		err := s.removeTask(ctx, id, slices.Contains(listed, id))
		problems = append(problems, err)
		return err == nil
	})
	return errors.Join(problems...)
}

// listedTasks returns the IDs of the run's scheduled pushes that are listed around the scheduled times, and around now, in case
// the window selects by the time of creation.
func (s *session) listedTasks(ctx context.Context) (ids []string, err error) {
	now := time.Now()
	var problems []error
	for _, later := range []time.Duration{due, lateDue, 0} {
		found, err := s.findTasks(ctx, now.Add(later-2*day), now.Add(later+2*day))
		problems = append(problems, err)
		for _, task := range found {
			if id := string(task["TaskID"]); id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids, errors.Join(problems...)
}

// removeTask deletes a scheduled push, or makes sure that it does not exist: questions delete some of their own. The code for
// that has other meanings too (78841), so the push must be neither listed nor read.
func (s *session) removeTask(ctx context.Context, id string, isListed bool) error {
	deleted, err := s.deleteTask(ctx, id)
	if err != nil || deleted.code != timpush.CodeBadScheduledPush {
		return must(deleted, err)
	}
	read, err := s.readTask(ctx, id)
	if err == nil && read.code == timpush.CodeBadScheduledPush && !isListed {
		return nil
	}
	return errors.Join(err, must(deleted, nil))
}

// removeAllTags removes all tags of the accounts, which had none before the run, and reads them back.
func (s *session) removeAllTags(ctx context.Context) error {
	response, err := s.send(ctx, "clear_all_tags", body{"To_Account": s.existing()})
	if err := must(response, err); err != nil {
		return err
	}
	found, err := s.rows(ctx, "get_tag", s.existing()...)
	for _, row := range found {
		if !empty(row.Tags) {
			return errors.New("they are still there")
		}
	}
	return err
}

// removeAllAttributes removes the attributes that the accounts have now, since they had none before the run.
func (s *session) removeAllAttributes(ctx context.Context) error {
	for _, account := range s.existing() {
		attributes, err := s.attributesOf(ctx, account)
		if err != nil {
			return err
		}
		var names []string
		for name := range attributes {
			names = append(names, name)
		}
		if len(names) == 0 {
			continue
		}
		if err := must(s.removeAttributes(ctx, account, names...)); err != nil {
			return err
		}
		if attributes, err = s.attributesOf(ctx, account); err != nil || len(attributes) > 0 {
			return errors.Join(err, errors.New("they are still there"))
		}
	}
	return nil
}
