package timpush

import (
	"context"
	"encoding/json"
	"slices"
)

// Device is what became of a push on one device. Fields that the service does not
// give are nil.
type Device struct {
	InstanceID         *string
	PushTime           *string // as the service gives it, without a time zone
	DeviceModel        *string
	System             *string
	SystemVersion      *string
	EventType          *string // "offline" or "online"
	Platform           *string // name, see [Platforms]
	CertID             *string
	SDKVersion         *string
	PushVersion        *string
	NotificationStatus *string // of any type
	LastActiveTerminal *string // of any type
}

// Trace is what became of a push on the devices of an account.
type Trace struct {
	Devices    []Device
	JSON       string   // the complete trace, a list, without device tokens; keys are sorted
	Unexpected []string // clauses that say what differs from the API page
}

// traceResponse is the response to the commands for traces, without the envelope.
type traceResponse struct {
	deliveryDecoder
	secrets func(string) string // removes secrets from a text

	devices []Device
	json    string
}

func (r *traceResponse) parts() parts {
	const list = "InstanceTrace"
	r.devices, r.json = []Device{}, "[]"
	return r.deliveryDecoder.parts(func() {
		raw := r.fields[list]
		tree, _ := decodeTree(string(raw)) // nil if the list is missing
		tokens := newDeviceTokens(r.secrets, tree)
		r.clean = tokens.text
		switch {
		case raw == nil:
			r.note(list + " is missing")
		case raw[0] == '{':
			r.note(list + " is an object, not a list")
			raw, tree = slices.Concat(json.RawMessage{'['}, raw, json.RawMessage{']'}), []any{tree}
		}
		r.each(list, raw, r.addDevice)
		if raw != nil && raw[0] == '[' {
			r.json = encodeTree(tokens.tree(tree))
		}
	}, list)
}

func (r *traceResponse) addDevice(element object) {
	device := Device{
		InstanceID:         r.text(element, "InstanceId"),
		PushTime:           r.text(element, "PushTime"),
		DeviceModel:        r.text(element, "DeviceModel"),
		System:             r.text(element, "System"),
		SystemVersion:      r.text(element, "SystemVersion"),
		CertID:             r.text(element, "CertId"),
		SDKVersion:         r.text(element, "SdkVersion"),
		PushVersion:        r.text(element, "PushVersion"),
		NotificationStatus: r.scalar(element, "NotificationStatus"),
		LastActiveTerminal: r.scalar(element, "last_active_terminal"),
	}
	platform, event := r.platform(element, "")
	if platform != "" {
		device.Platform = &platform
	}
	if event != nil {
		device.EventType = eventName(*event)
	}
	r.devices = append(r.devices, device)
}

// eventName returns the name of an EventType, or nil if it is not documented.
func eventName(event int64) *string {
	name := map[int64]string{eventOffline: "offline", eventOnline: online}[event]
	if name == "" {
		return nil
	}
	return &name
}

// PushTrace reads what became of a push on an account's devices, up to
// [MaxTraceAge] later. The error is a [*RequestError], or an [*InterruptedError]
// if ctx ended.
func (c *Client) PushTrace(ctx context.Context, taskID, account string) (*Trace, error) {
	return c.trace(ctx, SourcePush, struct{ TaskID, UserID string }{taskID, account})
}

// MessageTrace reads what became of the push of a chat message on the devices of
// its receiver. See [Client.PushTrace].
func (c *Client) MessageTrace(ctx context.Context, messageID string) (*Trace, error) {
	return c.trace(ctx, SourceMessage, struct{ PushID string }{messageID})
}

func (c *Client) trace(ctx context.Context, source Source, body any) (*Trace, error) {
	response := traceResponse{deliveryDecoder: deliveryDecoder{clean: c.redactor.clean, source: source}, secrets: c.redactor.clean}
	err := c.call(ctx, ctx, request{command: deliveryCommand(source, "trace"), body: body, operation: &operation{}}, &response)
	if err != nil {
		return nil, interruption(ctx, err, work{}, 0, 0)
	}
	odd := unexpected{}
	odd.add(&response.deliveryDecoder)
	return &Trace{Devices: response.devices, JSON: response.json, Unexpected: odd.sorted()}, nil
}
