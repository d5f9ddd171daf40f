package app

import (
	"cmp"
	"slices"
	"strings"
)

// losses are the fields that both commands have. The totals contain the rows of platforms.
type losses struct {
	ReadyToSendLoss               []lossCount
	PostSendDeliveredLoss         []lossCount
	PlatformReadyToSendLoss       []platformLoss
	PlatformPostSendDeliveredLoss []platformLoss
}

type lossCount struct {
	ErrCode  string
	ErrCount int64
	ErrInfo  string
}

type platformLoss struct {
	EventType    int `json:",omitempty"` // not for messages (71898)
	PushPlatform platform
	lossCount
}

func newLosses(t tally, from source) (l losses) {
	l.ReadyToSendLoss, l.PlatformReadyToSendLoss = t.lost(beforeSend, from)
	l.PostSendDeliveredLoss, l.PlatformPostSendDeliveredLoss = t.lost(afterSend, from)
	return l
}

// lost returns the totals and the rows of a stage, largest count first (pick).
func (t *tally) lost(at stage, from source) (totals []lossCount, rows []platformLoss) {
	sums := map[reason]int64{}
	rows = []platformLoss{}
	for r, n := range t.losses {
		if r.stage != at {
			continue
		}
		if r.platform != allPlatforms {
			row := platformLoss{PushPlatform: r.platform, lossCount: lossCount{r.code, n, r.message}}
			if from == sourcePush {
				row.EventType = r.platform.eventType()
			}
			rows = append(rows, row)
		}
		sums[reason{code: r.code, message: r.message}] += n
	}
	totals = []lossCount{}
	for r, n := range sums {
		totals = append(totals, lossCount{r.code, n, r.message})
	}
	slices.SortFunc(totals, lossCount.compare)
	slices.SortFunc(rows, func(a, b platformLoss) int {
		return cmp.Or(a.compare(b.lossCount), cmp.Compare(a.PushPlatform, b.PushPlatform))
	})
	return totals, rows
}

func (l lossCount) compare(other lossCount) int {
	return cmp.Or(
		cmp.Compare(other.ErrCount, l.ErrCount),
		strings.Compare(l.ErrCode, other.ErrCode), strings.Compare(l.ErrInfo, other.ErrInfo),
	)
}

// pushLoss is all_member_push_loss (71895).
func (app *App) pushLoss(request Request) Response {
	type result struct {
		TaskID string `json:",omitempty"`
		losses
	}
	tallies, rejected := app.pushTallies(request, lossAge)
	if rejected != nil {
		return *rejected
	}
	results := make([]result, len(tallies))
	for i, t := range tallies {
		results[i] = result{t.task, newLosses(t.tally, sourcePush)}
	}
	return success(struct {
		statisticsEnvelope
		Results []result
	}{okStatistics, results})
}

// messageLoss is normal_push_loss (71898). The page's sample is not JSON: an object without a name holds the fields. Pick:
// they are at the top, as in normal_push_statistics.
func (app *App) messageLoss(request Request) Response {
	t, rejected := app.messageTally(request, lossAge)
	if rejected != nil {
		return *rejected
	}
	return success(struct {
		statisticsEnvelope
		losses
	}{okStatistics, newLosses(t, sourceMessage)})
}
