// Package message has the arguments that pushes have in common: whom a push goes to
// (audience), and what it shows (notification).
package message
