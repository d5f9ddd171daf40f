package timpush

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Texts that are equal in NFC, and only there.
const (
	composed   = "caf\u00e9"
	decomposed = "cafe\u0301"
)

func TestMissedByTags(t *testing.T) {
	t.Parallel()
	ten := strings.Split("a b c d e f g h i j", " ")
	for _, test := range []struct {
		condition Condition
		tags      string // separated by commas
		want      string
	}{
		{Condition{}, "", ""}, // a push without a condition reaches everybody
		{Condition{}, "A", ""},

		// Each part.
		{Condition{TagsOr: []string{"A"}}, "A", ""},
		{Condition{TagsOr: []string{"A"}}, "B", `lacks the tag "A"`},
		{Condition{TagsOr: []string{"B", "A"}}, "A", ""},
		{Condition{TagsOr: []string{"B", "A"}}, "A,B,C", ""},
		{Condition{TagsOr: []string{"B", "A"}}, "C", `has none of the tags "A", "B"`},
		{Condition{TagsOr: []string{"B", "A", "B"}}, "", `has none of the tags "A", "B"`},
		{Condition{TagsOr: []string{"A", "A"}}, "", `lacks the tag "A"`},
		{Condition{TagsAnd: []string{"C"}}, "C,A", ""},
		{Condition{TagsAnd: []string{"C"}}, "", `lacks the tag "C"`},
		{Condition{TagsAnd: []string{"D", "C", "A"}}, "A", `lacks the tags "C", "D"`},
		{Condition{TagsAnd: []string{"D", "C", "A"}}, "D,A,C", ""},
		{Condition{TagsNot: []string{"D"}}, "", ""},
		{Condition{TagsNot: []string{"D"}}, "C", ""},
		{Condition{TagsNot: []string{"D"}}, "C,D", `has the excluded tag "D"`},
		{Condition{TagsNot: []string{"D", "D"}}, "D", `has the excluded tag "D"`},
		{Condition{TagsNot: []string{"E", "D"}}, "C", ""},
		{Condition{TagsNot: []string{"E", "D"}}, "D,E", `has the excluded tags "D", "E"`},
		{Condition{TagsNot: []string{"E", "D"}}, "D", `has the excluded tag "D" but not the tag "E" (` + disagrees},
		{Condition{TagsNot: []string{"E", "D", "C"}}, "D", `has the excluded tag "D" but not the tags "C", "E" (` + disagrees},

		// Each pair of parts, with both, either, and neither fulfilled.
		{Condition{TagsOr: []string{"A"}, TagsAnd: []string{"C"}}, "A,C", ""},
		{Condition{TagsOr: []string{"A"}, TagsAnd: []string{"C"}}, "A", `lacks the tag "C"`},
		{Condition{TagsOr: []string{"A", "B"}, TagsAnd: []string{"C"}}, "C", `has none of the tags "A", "B"`},
		{Condition{TagsOr: []string{"A", "B"}, TagsAnd: []string{"C"}}, "", `lacks the tag "C"; has none of the tags "A", "B"`},
		{Condition{TagsOr: []string{"A", "B"}, TagsNot: []string{"D"}}, "A", ""},
		{Condition{TagsOr: []string{"A", "B"}, TagsNot: []string{"D"}}, "", `has none of the tags "A", "B"`},
		{Condition{TagsOr: []string{"A", "B"}, TagsNot: []string{"D"}}, "A,D", `has the excluded tag "D"`},
		{Condition{TagsOr: []string{"A", "B"}, TagsNot: []string{"D"}}, "D", `has none of the tags "A", "B"; has the excluded tag "D"`},
		{Condition{TagsAnd: []string{"C"}, TagsNot: []string{"D"}}, "C", ""},
		{Condition{TagsAnd: []string{"C"}, TagsNot: []string{"D"}}, "", `lacks the tag "C"`},
		{Condition{TagsAnd: []string{"C"}, TagsNot: []string{"D"}}, "C,D", `has the excluded tag "D"`},
		{Condition{TagsAnd: []string{"C"}, TagsNot: []string{"D"}}, "D", `lacks the tag "C"; has the excluded tag "D"`},
		{Condition{TagsAnd: []string{"C"}, TagsNot: []string{"C"}}, "C", `has the excluded tag "C"`},

		// All parts.
		{Condition{TagsOr: []string{"A", "B"}, TagsAnd: []string{"C"}, TagsNot: []string{"D"}}, "B,C", ""},
		{Condition{TagsOr: []string{"A", "B"}, TagsAnd: []string{"C"}, TagsNot: []string{"D"}}, "D", `lacks the tag "C"; has none of the tags "A", "B"; has the excluded tag "D"`},

		// Equality.
		{Condition{TagsAnd: []string{composed}}, decomposed, ""},
		{Condition{TagsAnd: []string{decomposed}}, composed, ""},
		{Condition{TagsOr: []string{decomposed, "A"}}, composed, ""},
		{Condition{TagsNot: []string{decomposed}}, composed, `has the excluded tag "` + composed + `"`},
		{Condition{TagsNot: []string{composed, decomposed}}, decomposed, `has the excluded tag "` + composed + `"`},
		{Condition{TagsAnd: []string{decomposed}}, "cafe", `lacks the tag "` + composed + `"`},
		{Condition{TagsAnd: []string{"gold"}}, "Gold, gold,gold ,g\u200bold", `lacks the tag "gold"`},
		{Condition{TagsAnd: []string{"\x1b[31m\""}}, "", `lacks the tag "\x1b[31m\""`},
		{Condition{TagsAnd: []string{"黄金会员"}}, "", `lacks the tag "黄金会员"`},

		// Ten tags.
		{Condition{TagsOr: ten, TagsAnd: []string{"C"}}, "C,j", ""},
		{Condition{TagsAnd: ten}, strings.Join(ten, ","), ""},
		{Condition{TagsAnd: ten}, strings.Join(ten[:9], ","), `lacks the tag "j"`},
		{Condition{TagsNot: ten}, "k", ""},
	} {
		var tags []string
		if test.tags != "" {
			tags = strings.Split(test.tags, ",")
		}
		checkReason(t, fmt.Sprintf("%q: %q", test.condition, test.tags), test.condition.Selector().MissedByTags(tags), test.want)
	}
}

// How the reasons begin where the documentation is open. The reasons may say
// more.
const (
	disagrees = "the documentation disagrees"
	open      = "the documentation does not say"
)

// checkReason compares a reason, which may go on where it says that the documentation
// is open.
func checkReason(t *testing.T, where, got, want string) {
	t.Helper()
	for _, part := range []string{disagrees, open} {
		if before, _, found := strings.Cut(got, part); found {
			got = before + part
		}
	}
	if got != want {
		t.Errorf("%s: the reason is %q, not %q", where, got, want)
	}
}

// Each list of 0 to 10 tags is compared with accounts that have 0 to 10 of them.
func TestMissedByNumberOfTags(t *testing.T) {
	t.Parallel()
	all := make([]string, MaxConditionTags)
	for i := range all {
		all[i] = fmt.Sprintf("tag %d", i)
	}
	for listed := 0; listed <= len(all); listed++ {
		for held := 0; held <= len(all); held++ {
			list, tags := append([]string(nil), all[:listed]...), slices.Clone(all[:held]) // no tags: the part is not set
			slices.Reverse(tags)
			for name, test := range map[string]struct {
				condition Condition
				reached   bool
			}{
				"or":  {Condition{TagsOr: list}, listed == 0 || held > 0},
				"and": {Condition{TagsAnd: list}, held >= listed},
				"not": {Condition{TagsNot: list}, listed == 0 || held == 0},
			} {
				reason := test.condition.Selector().MissedByTags(tags)
				if (reason == "") != test.reached {
					t.Errorf("%s, %d of %d tags: %q", name, held, listed, reason)
				}
				if isOpen := name == "not" && held > 0 && held < listed; strings.Contains(reason, disagrees) != isOpen {
					t.Errorf("%s, %d of %d tags: it is open: %t, but the reason is %q", name, held, listed, isOpen, reason)
				}
			}
			if !slices.Equal(list, all[:listed]) {
				t.Fatalf("the condition was changed: %q", list)
			}
		}
	}
}

func TestMissedByAttributes(t *testing.T) {
	t.Parallel()
	type pairs = map[string]string
	city, gold := pairs{"city": "ShenZhen"}, pairs{"level": "gold"}
	both := pairs{"level": "gold", "city": "ShenZhen"}
	for _, test := range []struct {
		condition  Condition
		attributes pairs
		want       string
	}{
		{Condition{}, nil, ""},
		{Condition{}, city, ""},

		// Each part.
		{Condition{AttributesAnd: city}, both, ""},
		{Condition{AttributesAnd: city}, nil, "city is not set"},
		{Condition{AttributesAnd: city}, pairs{"city": "BeiJing"}, `city is "BeiJing", not "ShenZhen"`},
		{Condition{AttributesAnd: both}, both, ""},
		{Condition{AttributesAnd: both}, pairs{"city": "BeiJing"}, `city is "BeiJing", not "ShenZhen"; level is not set`},
		{Condition{AttributesAnd: both}, gold, "city is not set"},
		{Condition{AttributesOr: city}, city, ""},
		{Condition{AttributesOr: city}, gold, "city is not set"},
		{Condition{AttributesOr: both}, city, ""},
		{Condition{AttributesOr: both}, pairs{"city": "BeiJing", "level": "gold"}, ""},
		{Condition{AttributesOr: both}, pairs{"city": "BeiJing"}, `none of these matches: city is "BeiJing", not "ShenZhen"; level is not set`},

		// Both parts, with both, either, and neither fulfilled.
		{Condition{AttributesAnd: city, AttributesOr: gold}, both, ""},
		{Condition{AttributesAnd: city, AttributesOr: gold}, city, "level is not set (" + open},
		{Condition{AttributesAnd: city, AttributesOr: gold}, gold, "city is not set (" + open},
		{Condition{AttributesAnd: city, AttributesOr: gold}, nil, "city is not set; level is not set"},
		{Condition{AttributesAnd: pairs{"sex": "male"}, AttributesOr: both}, pairs{"sex": "male"}, "none of these matches: city is not set; level is not set (" + open},
		{Condition{AttributesAnd: pairs{"sex": "male"}, AttributesOr: both}, nil, "sex is not set; none of these matches: city is not set; level is not set"},
		{Condition{AttributesAnd: city, AttributesOr: both}, city, ""},

		// Equality.
		{Condition{AttributesAnd: pairs{composed: decomposed}}, pairs{composed: composed}, ""},
		{Condition{AttributesAnd: pairs{decomposed: composed}}, pairs{composed: decomposed}, ""},
		{Condition{AttributesOr: pairs{decomposed: "x", "city": "x"}}, pairs{composed: "x"}, ""},
		{Condition{AttributesAnd: pairs{composed: "x"}}, pairs{composed: decomposed}, composed + ` is "` + composed + `", not "x"`},
		{Condition{AttributesAnd: city}, pairs{"city": "shenzhen"}, `city is "shenzhen", not "ShenZhen"`},
		{Condition{AttributesAnd: city}, pairs{"city": "ShenZhen "}, `city is "ShenZhen ", not "ShenZhen"`},
		{Condition{AttributesAnd: city}, pairs{"City": "ShenZhen", "city ": "ShenZhen"}, "city is not set"},

		{Condition{AttributesOr: pairs{composed: "x", decomposed: "y"}}, pairs{composed: "y"}, ""},

		// Empty values.
		{Condition{AttributesAnd: pairs{"city": ""}}, pairs{"city": ""}, ""},
		{Condition{AttributesAnd: pairs{"city": ""}}, nil, "city is not set"},
		{Condition{AttributesAnd: pairs{"city": ""}}, city, `city is "ShenZhen", not ""`},
		{Condition{AttributesAnd: city}, pairs{"city": ""}, `city is "", not "ShenZhen"`},
		{Condition{AttributesOr: pairs{"city": "", "level": "x"}}, pairs{"city": "", "level": ""}, ""},

		// Texts for a person.
		{Condition{AttributesAnd: pairs{"会员等级": "黄金"}}, nil, "会员等级 is not set"},
		{Condition{AttributesAnd: pairs{"Membership Level": "gold"}}, nil, `"Membership Level" is not set`},
		{Condition{AttributesAnd: pairs{"": "gold", "a;b": "x", "a\"b": "x", "a\x1b": "x"}}, nil, `"" is not set; "a\x1b" is not set; "a\"b" is not set; "a;b" is not set`},
		{Condition{AttributesAnd: city}, pairs{"city": "\x1b[31m\u202e"}, `city is "\x1b[31m\u202e", not "ShenZhen"`},
		{Condition{AttributesAnd: city}, pairs{"city": strings.Repeat("长", 201)}, `city is "` + strings.Repeat("长", 200) + `"..., not "ShenZhen"`},
	} {
		checkReason(t, fmt.Sprintf("%q: %q", test.condition, test.attributes), test.condition.Selector().MissedByAttributes(test.attributes), test.want)
	}
}

func TestConditionUses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		condition        Condition
		tags, attributes bool
	}{
		{Condition{}, false, false},
		{Condition{TagsOr: []string{}}, true, false},
		{Condition{TagsAnd: []string{"A"}}, true, false},
		{Condition{TagsNot: []string{"A"}}, true, false},
		{Condition{AttributesOr: map[string]string{}}, false, true},
		{Condition{AttributesAnd: map[string]string{"a": "b"}}, false, true},
		{Condition{TagsOr: []string{"A"}, AttributesOr: map[string]string{"a": "b"}}, true, true},
	} {
		if test.condition.UsesTags() != test.tags || test.condition.UsesAttributes() != test.attributes {
			t.Errorf("%q uses tags %t, attributes %t", test.condition, test.condition.UsesTags(), test.condition.UsesAttributes())
		}
	}
}

func TestConditionNeeds(t *testing.T) {
	t.Parallel()
	type pairs = map[string]string
	for _, test := range []struct {
		condition   Condition
		tags, names []string
	}{
		{Condition{TagsOr: []string{"C", "A"}, TagsAnd: []string{"B"}, TagsNot: []string{"A", "D"}}, []string{"A", "B", "C", "D"}, nil},
		{Condition{AttributesAnd: pairs{"b": "1"}, AttributesOr: pairs{"c": "1", "b": "2", "a": ""}}, nil, []string{"a", "b", "c"}},
		{Condition{TagsOr: []string{composed}, TagsNot: []string{decomposed}}, []string{composed}, nil},
		{Condition{AttributesAnd: pairs{decomposed: "1"}, AttributesOr: pairs{composed: "1"}}, nil, []string{composed}},
	} {
		if tags, names := test.condition.Tags(), test.condition.AttributeNames(); !slices.Equal(tags, test.tags) || !slices.Equal(names, test.names) {
			t.Errorf("%q needs the tags %q and the attributes %q", test.condition, tags, names)
		}
	}
}

// BenchmarkCondition evaluates 100,000 accounts, half of which are reached: with reasons,
// as the data source, and without, as the function.
func BenchmarkCondition(b *testing.B) {
	attributes := make([]map[string]string, 100_000)
	tags := make([][]string, len(attributes))
	for i := range attributes {
		attributes[i] = map[string]string{"city": []string{"ShenZhen", "BeiJing"}[i%2], "level": "gold", "sex": "male"}
		tags[i] = []string{"all", []string{"gold", "silver"}[i%2], "android"}
	}
	byAttributes := Condition{AttributesAnd: map[string]string{"city": "ShenZhen", "level": "gold"}}.Selector()
	byTags := Condition{TagsOr: []string{"gold", "platinum"}, TagsAnd: []string{"all"}, TagsNot: []string{"ios"}}.Selector()
	b.Run("attributes", func(b *testing.B) {
		for b.Loop() {
			for _, a := range attributes {
				byAttributes.MissedByAttributes(a)
			}
		}
	})
	b.Run("attributes, without reasons", func(b *testing.B) {
		for b.Loop() {
			for _, a := range attributes {
				byAttributes.SelectsAttributes(a)
			}
		}
	})
	b.Run("tags", func(b *testing.B) {
		for b.Loop() {
			for _, t := range tags {
				byTags.MissedByTags(t)
			}
		}
	})
	b.Run("tags, without reasons", func(b *testing.B) {
		for b.Loop() {
			for _, t := range tags {
				byTags.SelectsTags(t)
			}
		}
	})
}

// problems writes problems as "part[index or name] text", with "?" before warnings.
func problems(c Condition) (lines []string) {
	for _, problem := range c.Problems() {
		line := []string{"", "or", "and", "not", "attributes or", "attributes and"}[problem.Part]
		if problem.Tag >= 0 {
			line += fmt.Sprintf("[%d]", problem.Tag)
		}
		if problem.Name != "" {
			line += "[" + problem.Name + "]"
		}
		if problem.Warning {
			line = "?" + line
		}
		lines = append(lines, line+" "+problem.Text)
	}
	return lines
}

func TestConditionProblems(t *testing.T) {
	t.Parallel()
	type pairs = map[string]string
	const whitespace = " begins or ends with whitespace, which counts in the comparison"
	many := make([]string, 11)
	for i := range many {
		many[i] = fmt.Sprintf("tag %d", i)
	}
	fifty, chinese := strings.Repeat("x", 50), strings.Repeat("长", 17)
	long := strings.Repeat("e\u0301", 25) // 75 bytes, 50 in NFC
	for _, test := range []struct {
		condition Condition
		want      []string
	}{
		{Condition{}, []string{" has neither tags nor attributes"}},
		{Condition{TagsOr: []string{"A"}, AttributesAnd: pairs{"a": "b"}}, []string{" has both tags and attributes, which the service does not accept together (error code 90039)"}},
		{Condition{TagsNot: []string{"A"}, AttributesOr: pairs{"a": "b"}}, []string{" has both tags and attributes, which the service does not accept together (error code 90039)"}},

		{Condition{TagsOr: []string{"A"}, TagsAnd: []string{"B"}, TagsNot: []string{"C"}}, nil},
		{Condition{AttributesOr: pairs{"a": "b"}, AttributesAnd: pairs{"a": "b"}}, nil},
		{Condition{TagsAnd: []string{"A"}, TagsNot: []string{"A"}}, nil},

		{Condition{TagsOr: []string{}, TagsAnd: []string{}, TagsNot: []string{}}, []string{"or is empty", "and is empty", "not is empty"}},
		{Condition{AttributesOr: pairs{}, AttributesAnd: pairs{}}, []string{"attributes or is empty", "attributes and is empty"}},
		{Condition{TagsOr: []string{"A"}, TagsAnd: []string{}}, []string{"and is empty"}},
		{Condition{TagsAnd: []string{"A", ""}}, []string{"and[1] is empty (error code 90040)"}},
		{Condition{TagsOr: []string{""}, TagsAnd: []string{""}}, []string{"or[0] is empty (error code 90040)", "and[0] is empty (error code 90040)"}},

		{Condition{TagsOr: many[:10], TagsNot: many[:10]}, nil},
		{Condition{TagsOr: many}, []string{"or has 11 tags, and the limit is 10 (error code 90032)"}},
		{Condition{TagsAnd: many}, []string{"and has 11 tags, and the limit is 10 (error code 90032)"}},
		{Condition{TagsNot: many}, []string{"not has 11 tags, and the limit is 10 (error code 90032)"}},

		{Condition{TagsOr: []string{"A", "B"}, TagsAnd: []string{"C", "B"}}, []string{"and[1] is in both lists of tags to have (error code 90022)"}},
		{Condition{TagsOr: []string{composed}, TagsAnd: []string{decomposed}}, []string{"and[0] is in both lists of tags to have (error code 90022)"}},
		{Condition{TagsOr: []string{"A"}, TagsNot: []string{"A"}}, nil},

		{Condition{TagsOr: []string{fifty}, TagsAnd: []string{long}, TagsNot: []string{chinese[:48]}}, nil},
		{Condition{TagsOr: []string{fifty + "x"}}, []string{"or[0] has 51 bytes, and the limit is 50 (error code 90020)"}},
		{Condition{TagsNot: []string{"A", chinese}}, []string{"not[1] has 51 bytes, and the limit is 50 (error code 90020)"}},
		{Condition{AttributesOr: pairs{fifty: fifty}, AttributesAnd: pairs{long: long}}, nil},
		{Condition{AttributesOr: pairs{"a": fifty + "x", "b": "x"}}, []string{"attributes or[a] has 51 bytes, and the limit is 50"}},
		{Condition{AttributesAnd: pairs{fifty + "x": ""}}, []string{"attributes and[" + fifty + "x] has a name of 51 bytes, and the limit is 50"}},
		{Condition{AttributesAnd: pairs{"": "x", "a": ""}}, []string{"attributes and has an empty name"}},

		{Condition{TagsOr: []string{"A", " A", "A\n"}, TagsNot: []string{"\u3000A"}}, []string{"?or[1]" + whitespace, "?or[2]" + whitespace, "?not[0]" + whitespace}},
		{Condition{TagsAnd: []string{"A B"}}, nil},
		{Condition{AttributesOr: pairs{"b": "x ", "a": " "}, AttributesAnd: pairs{"a": "x y"}}, []string{"?attributes or[a]" + whitespace, "?attributes or[b]" + whitespace}},
	} {
		if got := problems(test.condition); !slices.Equal(got, test.want) {
			t.Errorf("%q:\n%s\nwant\n%s", test.condition, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

// A condition and what it is compared with stay as they are.
func TestConditionIsNotChanged(t *testing.T) {
	t.Parallel()
	condition := Condition{TagsNot: []string{"b", decomposed, "a", "a"}, AttributesAnd: map[string]string{decomposed: decomposed}}
	tags, attributes := slices.Clone(condition.TagsNot), maps.Clone(condition.AttributesAnd)
	held := []string{decomposed, "a"}
	condition.Selector().MissedByTags(held)
	condition.Selector().MissedByAttributes(nil)
	condition.Problems()
	if !slices.Equal(condition.TagsNot, tags) || !maps.Equal(condition.AttributesAnd, attributes) || held[0] != decomposed {
		t.Errorf("it is now %q, and the tags are %q", condition, held)
	}
}
