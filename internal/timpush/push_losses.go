package timpush

import (
	"cmp"
	"context"
	"slices"
)

// The stages at which pushes are lost.
const (
	StageBeforeSend = "before_send"
	StageAfterSend  = "after_send"
)

// Loss is how many pushes were lost for one reason.
type Loss struct {
	Stage    string // [StageBeforeSend] or [StageAfterSend]
	Platform string // name, see [Platforms]; "" for all platforms together
	Code     string // ErrCode
	Count    *int64 // ErrCount; nil if the service does not give it
	Message  string // ErrInfo, free text
}

// Losses are the losses in a window of time: the largest first, and those without
// a count last.
type Losses struct {
	Losses     []Loss
	Unexpected []string // clauses that say what differs from the API page
}

// lossLists are the lists of a result: the rows of each platform, and those of all
// platforms together (71895).
var lossLists = []struct{ stage, platforms, total string }{
	{StageBeforeSend, "PlatformReadyToSendLoss", "ReadyToSendLoss"},
	{StageAfterSend, "PlatformPostSendDeliveredLoss", "PostSendDeliveredLoss"},
}

// reason is what distinguishes losses.
type reason struct{ stage, platform, code, message string }

// lossCounts are counts by reason.
type lossCounts map[reason]*int64

func (l lossCounts) add(reason reason, count *int64) { l[reason] = sum(l[reason], count) }

// lossesResponse is the response to the commands for losses, without the envelope.
type lossesResponse struct {
	deliveryDecoder
	documented resultPlace

	counts lossCounts
}

func (r *lossesResponse) parts() parts {
	r.counts = lossCounts{}
	var lists []string
	for _, list := range lossLists {
		lists = append(lists, list.platforms, list.total)
	}
	return r.deliveryDecoder.parts(func() {
		r.results(r.documented, lists, r.add)
	}, append(lists, "Results", "TaskID")...)
}

// add adds a result: the rows of each platform, and those for all platforms together
// whose code has no platform with a count. It notes codes whose counts differ.
func (r *lossesResponse) add(result object) {
	r.task(result)
	missing := true
	for _, list := range lossLists {
		missing = missing && result[list.platforms] == nil && result[list.total] == nil
		ofPlatforms, totals := map[string]*int64{}, map[string]*int64{} // counts by code
		r.each(list.platforms, result[list.platforms], func(row object) {
			platform := r.rowPlatform(row, list.platforms)
			reason, count := r.loss(row, list.platforms)
			reason.stage, reason.platform = list.stage, platform
			r.counts.add(reason, count)
			ofPlatforms[reason.code] = sum(ofPlatforms[reason.code], count)
		})
		r.each(list.total, result[list.total], func(row object) {
			reason, count := r.loss(row, list.total)
			reason.stage = list.stage
			if ofPlatforms[reason.code] == nil {
				r.counts.add(reason, count)
			} else {
				totals[reason.code] = sum(totals[reason.code], count)
			}
		})
		for code, total := range totals {
			if platforms := ofPlatforms[code]; total != nil && *total != *platforms {
				r.note("for the code %s, %s has %d losses, and %s has %d", Quote(code), list.total, *total, list.platforms, *platforms)
			}
		}
	}
	if missing {
		r.note("a result has none of the lists of losses")
	}
}

// loss returns the reason and the count of a row.
func (r *lossesResponse) loss(row object, list string) (reason, *int64) {
	lost := reason{code: r.rowText(row, "ErrCode", list), message: r.rowText(row, "ErrInfo", list)}
	return lost, r.count(row, "ErrCount", " in "+list)
}

// rowText returns a field of a row as text. Numbers are accepted.
func (r *lossesResponse) rowText(row object, name, list string) string {
	value := r.scalar(row, name)
	switch {
	case value != nil:
		return *value
	case row[name] == nil:
		r.note("%s in %s is missing", name, list)
	default:
		r.note("%s in %s is %s, not a text", name, list, r.describe(row[name]))
	}
	return ""
}

// PushLosses reads why pushes were lost in a window of up to [MaxLossesWindow].
// Arguments and errors are those of [Client.PushStatistics].
func (c *Client) PushLosses(ctx context.Context, source Source, window Window, taskIDs []string) (*Losses, error) {
	documented := inResults
	if source == SourceMessage {
		documented = inEither
	}
	counts, odd := lossCounts{}, unexpected{}
	err := readWindow(ctx, c, deliveryCommand(source, "loss"), taskIDs, window, MaxLossesWindow, func(asked []string) *lossesResponse {
		return &lossesResponse{deliveryDecoder: deliveryDecoder{clean: c.redactor.clean, source: source, asked: setOf(asked)}, documented: documented}
	}, func(response *lossesResponse) {
		for reason, count := range response.counts {
			counts.add(reason, count)
		}
		odd.add(&response.deliveryDecoder)
	})
	if err != nil {
		return nil, err
	}
	return &Losses{Losses: counts.sorted(), Unexpected: odd.sorted()}, nil
}

func (l lossCounts) sorted() []Loss {
	losses := make([]Loss, 0, len(l))
	for reason, count := range l {
		losses = append(losses, Loss{reason.stage, reason.platform, reason.code, count, reason.message})
	}
	size := func(count *int64) int64 {
		if count == nil {
			return -1
		}
		return *count
	}
	slices.SortFunc(losses, func(a, b Loss) int {
		return cmp.Or(cmp.Compare(size(b.Count), size(a.Count)), cmp.Compare(a.Stage, b.Stage),
			cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return losses
}
