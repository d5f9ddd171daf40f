package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// logger writes the client's log to the CLI's log.
type logger struct{}

// Debug implements timpush.Logger.
func (logger) Debug(ctx context.Context, message string, fields map[string]any) {
	tflog.Debug(ctx, message, fields)
}

// Info implements timpush.Logger.
func (logger) Info(ctx context.Context, message string, fields map[string]any) {
	tflog.Info(ctx, message, fields)
}
