package app

import (
	"fmt"
	"time"
)

// How far back the commands go, and how long their windows can be (71893 to 71898).
const (
	statisticsAge = 30 * 24 * time.Hour
	lossAge       = 7 * 24 * time.Hour
	traceAge      = 7 * 24 * time.Hour
)

// maxTasks is the most tasks in one request (71894, 71895).
const maxTasks = 5

// window is the time of a request in Unix seconds. Pick: both ends belong to it, and a push counts in the second in which it
// was sent, so that a request sees the pushes just before it.
type window struct{ start, end int64 }

func (w window) contains(at time.Time) bool { return w.start <= at.Unix() && at.Unix() <= w.end }

// readWindow reads StartTime and EndTime. The pages give no codes: picks are 90001 for what is missing or not an integer, and
// 70402 for a window that the command does not cover. The pages say "up to 30 days of data" (7 for losses): picks, the limit
// is for the length of the window, and for the age of StartTime when the request arrives. A time in the future is allowed.
func readWindow(request Request, longest time.Duration) (w window, rejected *Response) {
	start, startOK := readJSON[int64](request.Body["StartTime"])
	end, endOK := readJSON[int64](request.Body["EndTime"])
	oldest := request.At.Add(-longest + time.Second - 1).Unix() // rounded up
	days := longest / (24 * time.Hour)
	switch {
	case !startOK || !endOK:
		return w, rejection(codeBadJSON, infos[codeBadJSON])
	case end <= start:
		return w, rejection(codeBadParameter, "EndTime must be after StartTime")
	case start < oldest:
		return w, rejection(codeBadParameter, fmt.Sprintf("StartTime must be within the last %d days", days))
	case end-start > int64(longest/time.Second):
		return w, rejection(codeBadParameter, fmt.Sprintf("the time from StartTime to EndTime must be at most %d days", days))
	}
	return window{start, end}, nil
}

// readTasks reads TaskID of the commands that take several: [] is the complete app (71894, 71895).
func readTasks(request Request) (ids []string, rejected *Response) {
	ids, ok := readStrings(request.Body["TaskID"])
	if !ok {
		return nil, rejection(codeBadJSON, infos[codeBadJSON]) // pick, also if it is missing
	}
	if len(ids) > maxTasks {
		return nil, rejection(codeBadParameter, fmt.Sprintf("TaskID must have at most %d elements", maxTasks)) // pick
	}
	return ids, nil
}

func rejection(code int, info string) *Response {
	response := Reject(code, info)
	return &response
}
