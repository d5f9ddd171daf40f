package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"google.golang.org/protobuf/types/known/emptypb"
)

// startup is the size of a provider and the time of its startup.
type startup struct {
	provider        string
	size            int64 // bytes of the binary
	schema          int   // bytes of the schema response
	starts          int
	median, minimum time.Duration // from process start to the schema response
}

// startups measures the empty provider and the real one. It starts them alternately,
// so that both run under the same load.
func startups(ctx context.Context, o options) ([]startup, error) {
	if o.starts == 0 {
		return nil, nil
	}
	measured := []startup{{provider: "empty provider"}, {provider: "provider"}}
	times := make([][]time.Duration, len(measured))
	for n := range o.starts + 1 {
		for i, folder := range []string{o.floor, o.provider} {
			took, schema, err := start(ctx, filepath.Join(folder, binary))
			if err != nil {
				return nil, fmt.Errorf("start the %s: %w", measured[i].provider, err)
			}
			measured[i].schema = schema
			if n > 0 { // the first run reads the binary from the disk
				times[i] = append(times[i], took)
			}
		}
	}
	for i, folder := range []string{o.floor, o.provider} {
		info, err := os.Stat(filepath.Join(folder, binary))
		if err != nil {
			return nil, err
		}
		measured[i].size, measured[i].starts = info.Size(), len(times[i])
		measured[i].median, measured[i].minimum = median(times[i]), slices.Min(times[i])
		log.Printf("%s: %.1f ms to the schema", measured[i].provider, milliseconds(measured[i].median))
	}
	return measured, nil
}

// handshake is the handshake of the plugin protocol, the same for all providers.
var handshake = plugin.HandshakeConfig{
	ProtocolVersion:  6,
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// start starts a provider as a CLI does, with mutual TLS, requests its schema, and
// stops it. It returns the time to the response, and the size of the response.
func start(ctx context.Context, path string) (took time.Duration, schema int, err error) {
	command := exec.CommandContext(ctx, path) // #nosec G204 -- the user names its folder
	command.Env = cleanEnvironment()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		Plugins:          plugin.PluginSet{"provider": &tf6server.GRPCProviderPlugin{}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		Cmd:              command,
		Logger:           hclog.NewNullLogger(),
	})
	defer client.Kill()

	begin := time.Now()
	protocol, err := client.Client()
	if err != nil {
		return 0, 0, err
	}
	connection, ok := protocol.(*plugin.GRPCClient)
	if !ok {
		return 0, 0, fmt.Errorf("unexpected plugin protocol %T", protocol)
	}
	// The request has no fields. The fields of the response need not be decoded: an
	// empty message keeps them unparsed.
	var response emptypb.Empty
	err = connection.Conn.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &response)
	took = time.Since(begin)
	if err != nil {
		return 0, 0, err
	}
	raw := response.ProtoReflect().GetUnknown()
	if !bytes.Contains(raw, []byte("timpush_user_attributes")) {
		return 0, 0, errors.New("the schema lacks timpush_user_attributes")
	}
	return took, len(raw), nil
}
