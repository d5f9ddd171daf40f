package timpush

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// pageReading is how to read what the API pages leave open.
type pageReading struct {
	excludesAny bool // TagsNot excludes accounts with any of its tags, not only those with all (60561)
	bothLists   bool // AttributesAnd and AttributesOr must both hold, not only one of them
}

// The ways to read the pages, as far as they matter for tags and for attributes.
var (
	tagReadings       = []pageReading{{}, {excludesAny: true}}
	attributeReadings = []pageReading{{}, {bothLists: true}}
)

// The naive evaluation: sentences of the pages, one by one.

func (r pageReading) reachesByTags(c Condition, tags []string) bool {
	has := func(tag string) bool { return exists(tags, func(held string) bool { return same(held, tag) }) }
	or := c.TagsOr == nil || exists(c.TagsOr, has)
	and := c.TagsAnd == nil || forAll(c.TagsAnd, has)
	excluded := c.TagsNot != nil && forAll(c.TagsNot, has)
	if r.excludesAny {
		excluded = c.TagsNot != nil && exists(c.TagsNot, has)
	}
	return or && and && !excluded
}

func (r pageReading) reachesByAttributes(c Condition, attributes map[string]string) bool {
	holds := func(wanted pair) bool {
		return exists(pairsOf(attributes), func(held pair) bool { return same(held.name, wanted.name) && same(held.value, wanted.value) })
	}
	or, and := exists(pairsOf(c.AttributesOr), holds), forAll(pairsOf(c.AttributesAnd), holds)
	switch {
	case c.AttributesOr == nil && c.AttributesAnd == nil:
		return true
	case c.AttributesOr == nil:
		return and
	case c.AttributesAnd == nil:
		return or
	case r.bothLists:
		return and && or
	}
	return and || or
}

// same compares in NFD, in which texts are equal exactly if they are equal in NFC.
func same(a, b string) bool { return inNFD[a] == inNFD[b] }

func exists[T any](all []T, is func(T) bool) bool {
	for _, one := range all {
		if is(one) {
			return true
		}
	}
	return false
}

func forAll[T any](all []T, is func(T) bool) bool {
	return !exists(all, func(one T) bool { return !is(one) })
}

type pair struct{ name, value string }

func pairsOf(attributes map[string]string) (pairs []pair) {
	for name, value := range attributes {
		pairs = append(pairs, pair{name, value})
	}
	return pairs
}

// conditionCase is a condition, with the tags or the attributes of an account.
type conditionCase struct {
	Condition  Condition
	Tags       []string
	Attributes map[string]string
}

// Few texts, so that many are equal, some of them only in NFC.
var (
	someTags   = []string{"A", "B", "C", "D", "a", " A", "", composed, decomposed, "\u212b", "\u00c5", "A\u030a"}
	someNames  = []string{"city", "level", "City", composed, decomposed, ""}
	someValues = []string{"x", "y", "", "x ", composed, decomposed}
)

// inNFD has those texts in NFD, which takes the race detector long to compute.
var inNFD = func() map[string]string {
	all := map[string]string{}
	for _, text := range slices.Concat(someTags, someNames, someValues) {
		all[text] = norm.NFD.String(text)
	}
	return all
}()

// newConditionCase makes a case out of numbers: pick returns one from 0 to n-1. Parts
// of the condition are not empty.
func newConditionCase(pick func(n int) int) (c conditionCase) {
	tags := func(least, most int) []string {
		all := make([]string, least+pick(most-least+1))
		for i := range all {
			all[i] = someTags[pick(len(someTags))]
		}
		return all
	}
	attributes := func(names []string, least, most int) map[string]string {
		all := map[string]string{}
		for range least + pick(most-least+1) {
			all[names[pick(len(names))]] = someValues[pick(len(someValues))]
		}
		return all
	}
	if pick(2) == 0 {
		c.Tags = tags(0, 10)
		for _, part := range []*[]string{&c.Condition.TagsOr, &c.Condition.TagsAnd, &c.Condition.TagsNot} {
			if pick(2) == 0 {
				*part = tags(1, []int{3, 10}[pick(2)])
			}
		}
		return c
	}
	c.Attributes = attributes(slices.DeleteFunc(slices.Clone(someNames), func(name string) bool { return name == decomposed }), 0, 6)
	for _, part := range []*map[string]string{&c.Condition.AttributesOr, &c.Condition.AttributesAnd} {
		if pick(3) > 0 {
			*part = attributes(someNames, 1, 4)
		}
	}
	return c
}

// check compares the two evaluations, and returns whether the account is reached in
// all readings, or only in some.
func (c conditionCase) check(t *testing.T) (inAll, inSome bool) {
	t.Helper()
	var reason string
	var selects bool
	var reaches func(pageReading) bool
	readings, selector := tagReadings, c.Condition.Selector()
	if c.Tags != nil {
		reason, selects = selector.MissedByTags(c.Tags), selector.SelectsTags(c.Tags)
		reaches = func(r pageReading) bool { return r.reachesByTags(c.Condition, c.Tags) }
	} else {
		reason, selects, readings = selector.MissedByAttributes(c.Attributes), selector.SelectsAttributes(c.Attributes), attributeReadings
		reaches = func(r pageReading) bool { return r.reachesByAttributes(c.Condition, c.Attributes) }
	}
	inAll, inSome = forAll(readings, reaches), exists(readings, reaches)
	if selects != inAll || (reason == "") != inAll {
		t.Fatalf("%s:\nselected is %t, and the reason is %q, but the account is reached in all readings: %t, in some: %t", c, selects, reason, inAll, inSome)
	}
	// Where readings differ, the reason says so.
	if inSome && !inAll && !strings.Contains(reason, "documentation") {
		t.Fatalf("%s:\nreadings differ, but the reason is %q", c, reason)
	}
	return inAll, inSome
}

func (c conditionCase) String() string {
	text, err := json.Marshal(c)
	return fmt.Sprint(string(text), err)
}

// The evaluation agrees with the naive one: an account is reached exactly if it is
// reached however the pages are read.
func TestConditionProperty(t *testing.T) {
	t.Parallel()
	const cases = 25_000
	random := rand.New(rand.NewPCG(14, 60561))
	var reached, missed, differ int
	for range cases {
		switch inAll, inSome := newConditionCase(random.IntN).check(t); {
		case inAll:
			reached++
		case inSome:
			differ++
		default:
			missed++
		}
	}
	t.Logf("%d cases: reached %d, missed %d, readings differ %d", cases, reached, missed, differ)
	if min(reached, missed, differ) < cases/20 {
		t.Error("one outcome is too rare to be tested")
	}
}

// FuzzCondition is TestConditionProperty with cases that the fuzzer makes.
func FuzzCondition(f *testing.F) {
	for seed := range uint64(20) {
		random, bytes := rand.New(rand.NewPCG(seed, 0)), make([]byte, 64)
		for i := range bytes {
			bytes[i] = byte(random.IntN(256))
		}
		f.Add(bytes)
	}
	f.Fuzz(func(t *testing.T, bytes []byte) {
		newConditionCase(func(n int) int {
			if len(bytes) == 0 {
				return 0
			}
			number := int(bytes[0]) % n
			bytes = bytes[1:]
			return number
		}).check(t)
	})
}
