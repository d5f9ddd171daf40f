package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"
)

// ScheduledPush is a scheduled push of a seed.
type ScheduledPush struct {
	In      string          `json:"in"`      // from the emulator's start to its time, such as "24h"; "-1h" is before the start
	Type    string          `json:"type"`    // "All", "Tag", or "User"
	Content json.RawMessage `json:"content"` // the body of the push, as in add_sched_task
}

// setScheduled sets scheduled pushes by TaskID. nil deletes one; a field that is not given keeps its value.
func (app *App) setScheduled(path string, pushes map[string]*ScheduledPush) error {
	for _, id := range slices.Sorted(maps.Keys(pushes)) {
		path := entry(path, id)
		number, err := strconv.ParseInt(id, 10, 64)
		if err != nil || number < 1 || strconv.FormatInt(number, 10) != id {
			return seedErrorf(path, "the ID must be a number from 1 to 9223372036854775807")
		}
		before, exists := app.scheduled[number]
		if pushes[id] == nil {
			if !exists {
				return seedErrorf(path, "the app does not have this scheduled push, so it cannot be deleted")
			}
			delete(app.scheduled, number)
			continue
		}
		after := scheduled{id: number}
		if exists {
			after = *before
		}
		if err := app.readScheduled(path, *pushes[id], &after); err != nil {
			return err
		}
		app.scheduled[number], app.lastID = &after, max(app.lastID, number)
	}
	return nil
}

// readScheduled reads the fields of a scheduled push that are given.
func (app *App) readScheduled(path string, s ScheduledPush, into *scheduled) error {
	isNew := into.content == nil
	if isNew || s.In != "" {
		in, err := time.ParseDuration(s.In)
		if err != nil {
			return seedErrorf(path, `the field in must be a duration of hours, minutes, and seconds, such as "24h" or "-1h30m"`)
		}
		into.at = app.start.Add(in).Truncate(time.Second)
	}
	if isNew {
		into.created = app.start.Truncate(time.Second)
		if into.at.Before(into.created) {
			into.created = into.at
		}
	}
	if isNew || s.Type != "" {
		into.to = audience(s.Type)
	}
	if _, known := audienceFields[into.to]; !known {
		return seedErrorf(path, `the field type must be "All", "Tag", or "User"`)
	}
	data := s.Content
	if data == nil {
		data = encode(into.content)
	}
	content, problem := app.readContent(into.to, data)
	if problem != "" {
		return seedErrorf(path, "the field content is invalid: %s", problem)
	}
	into.content = content
	return nil
}
