// Package timpush is a client of the server REST API of Tencent Cloud Chat's
// Push Service (TIMPush), the calls under v4/timpush.
//
// A call is described by a command (command.go) and takes one way: split and fan
// out, if it is for accounts (batches.go, with read.go and write.go), retry
// (call_retry.go), pace (call_pace.go), sign (call_sign.go), send and read
// (call_send.go), decode (call_decode.go) and log (call_log.go). Errors are typed
// (errors.go), and codes.go has the meaning of the service's codes.
//
// Facts about the service carry their source: a number such as 60564 is a page
// of tencentcloud.com/document/product/1047.
package timpush
