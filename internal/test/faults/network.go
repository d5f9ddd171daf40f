package faults

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"syscall"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// network are the faults of connections.
func network() []Fault {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	call := func(name string, number syscall.Errno) error { return dial(os.NewSyscallError(name, number)) }
	all := []Fault{
		{Name: "refused", Network: call("connect", syscall.ECONNREFUSED), Outcome: Transient, ErrorText: "the connection was refused"},
		{Name: "reset", Network: call("read", syscall.ECONNRESET), Outcome: Transient, ErrorText: "the connection was reset"},
		{Name: "broken pipe", Network: call("write", syscall.EPIPE), Outcome: Transient, ErrorText: "the connection was reset"},
		{Name: "refused, on Windows", Network: call("connectex", 10061), Outcome: Transient, ErrorText: "the connection was refused"},
		{Name: "reset, on Windows", Network: call("wsarecv", 10054), Outcome: Transient, ErrorText: "the connection was reset"},
		{Name: "aborted locally, on Windows", Network: call("wsasend", 10053), Outcome: Transient, ErrorText: "the connection was reset"},
		{Name: "unreachable", Network: call("connect", syscall.ENETUNREACH), Outcome: Transient, ErrorText: "the connection failed: network is unreachable"},
		{Name: "name cannot be looked up now", Network: dial(&net.DNSError{Err: "server misbehaving", Name: "timpush.invalid", IsTemporary: true}), Outcome: Transient, ErrorText: "could not be resolved"},
		{Name: "name look-up times out", Network: dial(&net.DNSError{Err: "i/o timeout", Name: "timpush.invalid", IsTimeout: true}), Outcome: Transient, ErrorText: "could not be resolved"},
		{Name: "no such name", Network: dial(&net.DNSError{Err: "no such host", Name: "timpush.invalid", IsNotFound: true}), ErrorText: "could not be resolved"},
		{Name: "untrusted certificate", Network: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, ErrorText: "certificate is not trusted"},
		{Name: "certificate of another host", Network: &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "timpush.invalid"}}, ErrorText: "certificate is not trusted"},
		{Name: "too many open files", Network: call("socket", syscall.EMFILE), Outcome: Transient, ErrorText: "too many files are open"},
		{Name: "control bytes in a header", Network: fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", textproto.ProtocolError("malformed MIME header line")), ErrorText: "is not valid HTTP"},
		{Name: "no TLS", Network: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, ErrorText: "does not speak TLS"},
		{Name: "TLS alert", Network: &net.OpError{Op: "remote error", Err: tls.AlertError(40)}, ErrorText: "ended the TLS handshake"},

		{Name: "dropped", Effect: emulator.Effect{Drop: true}, Outcome: Transient, ErrorText: "the connection was "},
		{Name: "slow headers", Effect: emulator.Effect{Delay: time.Hour}, Outcome: Transient, ErrorText: "no complete response arrived within"},
		{Name: "slow body", Effect: emulator.Effect{Stall: true}, Outcome: Transient, ErrorText: "no complete response arrived within"},
		{Name: "slow body of a rejection", Effect: emulator.Effect{Stall: true, Code: 70009, EchoSignature: true}, Outcome: Transient, ErrorText: "no complete response arrived within"},
		{Name: "truncated", Effect: emulator.Effect{Truncate: true}, Outcome: Transient, ErrorText: "closed before the complete response arrived"},
		{Name: "truncated rejection", Effect: emulator.Effect{Truncate: true, Code: 70009, EchoSignature: true}, Outcome: Transient, ErrorText: "closed before the complete response arrived"},
		{Name: "truncated empty body", Effect: emulator.Effect{Truncate: true, Status: 200}, Outcome: Transient, ErrorText: "closed before the complete response arrived"},
		{Name: "slow body of a bad gateway", Effect: emulator.Effect{Stall: true, Status: 502, Body: "<html>", EchoSignature: true}, Outcome: Transient, ErrorText: "HTTP status 502"},
	}
	for i, fault := range all {
		all[i].Refused = fault.Network != nil // there is no connection
	}
	return all
}
