package conformance

import (
	"context"
	"slices"
)

// unknownCommand is a path that the service does not have.
const unknownCommand = "no_such_command"

// envelope are the fields that every response should have (60564).
var envelope = []string{"ActionStatus", "ErrorCode", "ErrorInfo"}

// gateway are questions about all commands.
var gateway = []Question{
	{
		ID: "gateway-fields", Text: "Which fields does a response have that no page shows?",
		Source: "67815; 647/68932 shows RequestId for another product", Expected: "none",
		How: "get_attr_name: the names of its other fields",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.send(ctx, "get_attr_name", body{})
			if err != nil {
				return "", err
			}
			var other []string
			for name := range response.fields {
				if !slices.Contains(envelope, name) && name != "AttrNames" && name != "AttrTypes" {
					other = append(other, name)
				}
			}
			return joined(other), nil
		},
	},
	{
		ID: "gateway-rejection", Text: "Which common fields does a rejection by the gateway have?",
		Source: "60564", Expected: joined(slices.Clone(envelope)),
		How: "a command that does not exist: the common fields in the response",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.send(ctx, unknownCommand, body{})
			if err != nil {
				return "", err
			}
			var common []string
			for _, name := range envelope {
				if response.fields[name] != nil {
					common = append(common, name)
				}
			}
			return joined(common), nil
		},
	},
	{
		ID: "gateway-unknown-command", Text: "Which code has a command that does not exist?",
		Source: "34348", Expected: "error code 60009", How: "such a command: its code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.send(ctx, unknownCommand, body{})
			return response.outcome(), err
		},
	},
	closed("gateway-frequency", "Which code has a request over 100 a second, and is the limit per app or per command?", "60564; 34348", "error code 60007",
		"would slow down the app's other callers, and the client never sends that fast"),
	closed("gateway-data-center", "Which code has a request to another region's host?", "34348", "error code 60026",
		"would send the app's UserSig to a data center that is not the app's"),
	closed("gateway-riyadh", "Does the host of the region riyadh serve all commands?", "78839", "yes", "needs an app in that region"),
	closed("gateway-user-sig", "For how long can a UserSig be valid at most?", "34385; 33517", "no limit", "the client makes UserSigs for 24 hours only"),
	closed("gateway-content-type", "Is any Content-Type accepted?", "60564", "application/json is", "the client sends application/json only, which every other answer shows to be accepted"),
	closed("gateway-tls", "Which versions of TLS are accepted?", "34620", "1.2 and newer", "the client offers the secure versions only; any TLS scanner answers this"),
	closed("gateway-administrator", "Is get_attr rejected with 90009 for an identifier that is no administrator?", "60564", "yes", "needs another identifier, and its UserSig"),
}
