// Package timpush is a client for the server REST API of Tencent Cloud Chat's
// Push Service (TIMPush): the calls under v4/timpush.
//
// A command (command.go) describes a call. All calls go through the same steps:
// split into batches, for accounts (batches.go, read.go, write.go), retry
// (call_retry.go), pace (call_pace.go), sign (call_sign.go), send and read
// (call_send.go), decode (call_decode.go), and log (call_log.go). Errors are
// typed (errors.go); codes.go describes the service's error codes.
//
// Comments give the sources of facts about the service: a number such as 60564 is
// the page https://www.tencentcloud.com/document/product/1047/60564.
package timpush
