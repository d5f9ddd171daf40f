// Package timpush is a client of the server REST API of Tencent Cloud Chat's
// Push Service (TIMPush), the calls under v4/timpush.
//
// A call travels one way: split and fan out (batch.go), retry (retry.go), pace
// (pace.go), sign (usersig.go), send and read (request.go), decode and judge
// (reply.go). Errors are typed (errors.go), and what the service's codes mean
// stands in one table (codes.go).
//
// Facts about the service carry their source: a number such as 60564 is a page
// of tencentcloud.com/document/product/1047.
package timpush
