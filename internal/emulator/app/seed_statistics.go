package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Statistics are numbers of pushes from before the emulator's start. Several entries are summed.
type Statistics struct {
	Source    string            `json:"source"`     // "push" (the default) or "message"
	TaskID    string            `json:"task_id"`    // of a push; "": counted for the complete app only
	MessageID string            `json:"message_id"` // of a chat message
	Account   string            `json:"account"`    // for which the task or the message can be traced, one of the seed's
	Age       string            `json:"age"`        // before the emulator's start, such as "26h"; "" is "0s"
	Counts    *Counts           `json:"counts"`     // nil: the sum of the platforms
	Platforms map[string]Counts `json:"platforms"`  // by name, such as "apns"
	Losses    []LossCount       `json:"losses"`
}

// Counts are numbers of pushes.
type Counts struct {
	Total     int64 `json:"total"` // could be sent
	Sent      int64 `json:"sent"`
	Delivered int64 `json:"delivered"`
	Clicked   int64 `json:"clicked"`
}

// LossCount is a number of pushes that were lost for one reason.
type LossCount struct {
	Stage    string `json:"stage"`    // "before_send" or "after_send"
	Platform string `json:"platform"` // "": the service counts it for no platform
	Code     string `json:"code"`
	Message  string `json:"message"`
	Count    int64  `json:"count"` // at least 1
}

// Loss is why all pushes to an account are lost.
type Loss struct {
	Stage   string `json:"stage"` // "before_send" or "after_send"
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Device is the device of an account, for traces.
type Device struct {
	InstanceID         string `json:"instance_id"`
	Model              string `json:"model"`
	System             string `json:"system"`
	SystemVersion      string `json:"system_version"`
	Token              string `json:"token"`
	CertID             string `json:"cert_id"`
	SDKVersion         string `json:"sdk_version"`
	PushVersion        string `json:"push_version"`
	NotificationStatus int64  `json:"notification_status"`
}

// platformNames are the names of platforms in seeds, by number (67551).
var platformNames = []string{"online", "apns", "xiaomi", "huawei", "fcm", "meizu", "oppo", "vivo", "honor"}

// findPlatform finds a platform by its name in seeds.
func findPlatform(path, name string) (platform, error) {
	number := slices.Index(platformNames, name)
	if number < 0 {
		return 0, seedErrorf(path, "must be one of %s", strings.Join(platformNames, ", "))
	}
	return platform(number), nil
}

// readReason reads why pushes were lost.
func readReason(path, at, code, message string, over platform) (reason, error) {
	if stage(at) != beforeSend && stage(at) != afterSend {
		return reason{}, seedErrorf(path, `the field stage must be "before_send" or "after_send"`)
	}
	if code == "" {
		return reason{}, seedErrorf(path, "the field code must not be empty")
	}
	return reason{stage(at), over, code, message}, nil
}

// setDelivery sets what becomes of pushes to the account.
func (a *account) setDelivery(path string, s Account) (err error) {
	if s.Platform != "" {
		a.platform, err = findPlatform(field(path, "platform"), s.Platform)
	}
	if err != nil || s.Loss == nil {
		return err
	}
	r, err := readReason(field(path, "loss"), s.Loss.Stage, s.Loss.Code, s.Loss.Message, a.platform)
	a.loss = &r
	return err
}

// onlyOffline is a pick: the pages of chat messages have no EventType (71896 to 71898).
const onlyOffline = "chat messages are only pushed to devices that are offline"

// sources are the sources by their names in seeds.
var sources = map[string]source{"": sourcePush, "push": sourcePush, "message": sourceMessage}

// addStatistics adds an entry of the seed to an app that starts now.
func (app *App) addStatistics(path string, s Statistics, now time.Time) error {
	from, isSource := sources[s.Source]
	age, err := time.ParseDuration(cmp.Or(s.Age, "0s"))
	d := &delivery{source: from, id: s.TaskID + s.MessageID, at: now.Add(-age), tally: newTally()}
	switch {
	case !isSource:
		return seedErrorf(field(path, "source"), `must be "push" or "message"`)
	case from == sourcePush && s.MessageID != "":
		return seedErrorf(field(path, "message_id"), `needs source "message"`)
	case from == sourceMessage && s.TaskID != "":
		return seedErrorf(field(path, "task_id"), `needs source "push"`)
	case err != nil || age < 0:
		return seedErrorf(field(path, "age"), `must be a duration of hours, minutes, and seconds, such as "26h" or "1h30m"`)
	}
	if s.Account != "" {
		a, exists := app.accounts[s.Account]
		switch {
		case !exists:
			return seedErrorf(field(path, "account"), "the account is missing from accounts")
		case d.id == "":
			return seedErrorf(field(path, "account"), "needs task_id or message_id")
		case from == sourceMessage && a.platform == online:
			return seedErrorf(field(path, "account"), onlyOffline+"; set the platform of the account")
		}
		d.accounts = []*account{a}
	}
	if err := d.addCounts(path, s); err != nil {
		return err
	}
	if err := d.addLosses(field(path, "losses"), s.Losses); err != nil {
		return err
	}
	app.seeded = append(app.seeded, d)
	return nil
}

// addCounts adds the numbers of an entry.
func (d *delivery) addCounts(path string, s Statistics) error {
	for _, name := range slices.Sorted(maps.Keys(s.Platforms)) {
		path := entry(field(path, "platforms"), name)
		p, err := findPlatform(path, name)
		if err != nil {
			return err
		}
		if p == online && d.source == sourceMessage {
			return seedErrorf(path, onlyOffline)
		}
		c, err := s.Platforms[name].read(path)
		if err != nil {
			return err
		}
		d.tally.platforms[p] = c
		d.tally.counts = d.tally.plus(c)
	}
	if s.Counts == nil {
		return nil
	}
	c, err := s.Counts.read(field(path, "counts"))
	d.tally.counts = c
	return err
}

// maxCount is the most pushes of one count, so that sums do not overflow.
const maxCount = 1_000_000_000_000

func (c Counts) read(path string) (counts, error) {
	for i, n := range []int64{c.Total, c.Sent, c.Delivered, c.Clicked} {
		if n < 0 || n > maxCount {
			name := []string{"total", "sent", "delivered", "clicked"}[i]
			return counts{}, seedErrorf(field(path, name), "must be from 0 to %d", int64(maxCount))
		}
	}
	return counts{c.Total, c.Sent, c.Delivered, c.Clicked}, nil
}

// addLosses adds the losses of an entry.
func (d *delivery) addLosses(path string, losses []LossCount) error {
	for i, l := range losses {
		path := element(path, i)
		p, err := allPlatforms, error(nil)
		if l.Platform != "" {
			p, err = findPlatform(field(path, "platform"), l.Platform)
		}
		if err != nil {
			return err
		}
		r, err := readReason(path, l.Stage, l.Code, l.Message, p)
		if err != nil {
			return err
		}
		if l.Count < 1 || l.Count > maxCount {
			return seedErrorf(path, "the field count must be from 1 to %d", int64(maxCount))
		}
		d.tally.losses[r] += l.Count
		// The push to the entry's account was not delivered if none on its platform was.
		if len(d.accounts) > 0 && d.accounts[0].platform == p && d.tally.platforms[p].DeliveredCount == 0 && d.lost == nil {
			d.lost = &r
		}
	}
	return nil
}
