package timpush

import (
	"context"
	"slices"
)

// Counts are numbers of pushes (71897). A number that the service does not give
// is nil.
type Counts struct {
	Total     *int64 // could be sent
	Sent      *int64 // sent
	Delivered *int64 // reached a device
	Clicked   *int64 // clicked by a user
}

// plus returns the sums. A sum of which a part is unknown is the sum of what is
// known.
func (c Counts) plus(other Counts) Counts {
	return Counts{
		Total:     sum(c.Total, other.Total),
		Sent:      sum(c.Sent, other.Sent),
		Delivered: sum(c.Delivered, other.Delivered),
		Clicked:   sum(c.Clicked, other.Clicked),
	}
}

// sum adds two numbers, of which nil is unknown.
func sum(a, b *int64) *int64 {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	both := *a + *b
	return &both
}

// TaskStatistics are the statistics of one push.
type TaskStatistics struct {
	Counts    Counts
	Platforms map[string]Counts // by name, see [Platforms]
}

// add adds the statistics of another result. Totals are never derived from
// platforms or the reverse: the service may count them differently.
func (s *TaskStatistics) add(other TaskStatistics) {
	s.Counts = s.Counts.plus(other.Counts)
	if s.Platforms == nil {
		s.Platforms = map[string]Counts{}
	}
	for name, counts := range other.Platforms {
		s.Platforms[name] = s.Platforms[name].plus(counts)
	}
}

// statisticsByTask are statistics by task ID.
type statisticsByTask map[string]TaskStatistics

func (t statisticsByTask) add(id string, other TaskStatistics) {
	statistics := t[id]
	statistics.add(other)
	t[id] = statistics
}

// Statistics are the statistics of a window of time.
type Statistics struct {
	Counts     Counts                    // over all results
	Platforms  map[string]Counts         // by name, see [Platforms], over all results
	Tasks      map[string]TaskStatistics // by task ID as the service spells it
	Unexpected []string                  // clauses that say what differs from the API page
}

// statisticsResponse is the response to the commands for statistics, without the
// envelope.
type statisticsResponse struct {
	deliveryDecoder
	documented resultPlace

	results int
	all     TaskStatistics
	tasks   statisticsByTask
}

var statisticsFields = []string{"TotalCount", "SentCount", "DeliveredCount", "ClickCount", "PlatformStatistics"}

func (r *statisticsResponse) parts() parts {
	r.results, r.all, r.tasks = 0, TaskStatistics{}, statisticsByTask{}
	return r.deliveryDecoder.parts(func() {
		r.deliveryDecoder.results(r.documented, statisticsFields, r.add)
	}, slices.Concat(statisticsFields, []string{"Results", "TaskID"})...)
}

// add adds a result. One without a task ID counts only in the sums: it is about
// the complete app, or about chat messages.
func (r *statisticsResponse) add(result object) {
	statistics := TaskStatistics{Counts: r.counts(result, ""), Platforms: map[string]Counts{}}
	const list = "PlatformStatistics"
	if result[list] == nil {
		r.note(list + " is missing")
	}
	r.each(list, result[list], func(row object) {
		platform := r.rowPlatform(row, list)
		statistics.Platforms[platform] = statistics.Platforms[platform].plus(r.counts(row, " in "+list))
	})
	r.results++
	r.all.add(statistics)
	if id := r.task(result); id != nil && *id != "" {
		r.tasks.add(*id, statistics)
	}
}

func (r *statisticsResponse) counts(o object, where string) Counts {
	return Counts{
		Total:     r.count(o, "TotalCount", where),
		Sent:      r.count(o, "SentCount", where),
		Delivered: r.count(o, "DeliveredCount", where),
		Clicked:   r.count(o, "ClickCount", where),
	}
}

// PushStatistics reads how many pushes were sent and delivered in a window of up
// to [MaxStatisticsWindow], of the complete app if taskIDs is nil. An empty
// taskIDs reads nothing. Chat messages have no task IDs. What is not as the API
// page says is read as far as possible. See [readWindow] for the window and errors.
func (c *Client) PushStatistics(ctx context.Context, source Source, window Window, taskIDs []string) (*Statistics, error) {
	documented := inResults
	if source == SourceMessage {
		documented = atTopLevel
	}
	results, all, tasks, odd := 0, TaskStatistics{Platforms: map[string]Counts{}}, statisticsByTask{}, unexpected{}
	err := readWindow(ctx, c, deliveryCommand(source, "statistics"), taskIDs, window, MaxStatisticsWindow, func(asked []string) *statisticsResponse {
		return &statisticsResponse{deliveryDecoder: deliveryDecoder{clean: c.redactor.clean, source: source, asked: setOf(asked)}, documented: documented}
	}, func(response *statisticsResponse) {
		results += response.results
		all.add(response.all)
		for id, statistics := range response.tasks {
			tasks.add(id, statistics)
		}
		odd.add(&response.deliveryDecoder)
	})
	if err != nil {
		return nil, err
	}
	if results == 0 && len(odd) == 0 { // nothing was pushed; otherwise, nothing is known
		all.Counts = Counts{new(int64), new(int64), new(int64), new(int64)}
	}
	return &Statistics{Counts: all.Counts, Platforms: all.Platforms, Tasks: tasks, Unexpected: odd.sorted()}, nil
}
