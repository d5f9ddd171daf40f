package kit

import "testing"

func TestSuggest(t *testing.T) {
	t.Parallel()
	regions := []string{"china", "singapore", "seoul", "tokyo", "frankfurt", "silicon_valley", "jakarta", "riyadh"}
	policies := []string{"error", "warn", "ignore"}
	for _, test := range []struct {
		value string
		names []string
		want  string
	}{
		// Case and separators.
		{"Singapore", regions, "singapore"},
		{"SEOUL", regions, "seoul"},
		{" china\n", regions, "china"},
		{"silicon-valley", regions, "silicon_valley"},
		{"Silicon Valley", regions, "silicon_valley"},
		{"silicon  valley", regions, "silicon_valley"},
		{"Warn", policies, "warn"},
		// A typo or two.
		{"singapor", regions, "singapore"},
		{"SingaporeE", regions, "singapore"},
		{"siliconvalley", regions, "silicon_valley"},
		{"frnakfurt", regions, "frankfurt"},
		{"tokio", regions, "tokyo"},
		{"errors", policies, "error"},
		{"wran", policies, "warn"}, // swapped
		{"ctiy", []string{"city", "level"}, "city"},
		{"wnar", policies, ""}, // two characters of four
		{"城市", []string{"城巿"}, ""},
		{"收货城市", []string{"收货城巿"}, "收货城巿"}, // characters are compared, not bytes
		// No suggestion if nothing is close, however short the value is.
		{"", regions, ""},
		{"us", regions, ""},
		{"a", []string{"b"}, ""},
		{"ab", []string{"ac"}, ""},
		{"mars", regions, ""},
		{"fail", policies, ""},
		{"panic", policies, ""},
		{"ap-southeast-1", regions, ""},
		{"eu-frankfurt", regions, ""},
		{"-", []string{"", "_"}, ""},
		// No suggestion if two are equally close.
		{"size3", []string{"size1", "size2"}, ""},
		{"size3", []string{"size1", "size2", "Size-3"}, ""},
		{"Size3", []string{"size1", "size3"}, "size3"},
		{"singapore", nil, ""},
	} {
		if got := Suggest(test.value, test.names); got != test.want {
			t.Errorf("%q: got %q, want %q", test.value, got, test.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	for want, suggestions := range map[string][]string{
		"":                             {"", ""},
		`; did you mean "singapore"?`:  {"singapore"},
		`; did you mean "5s" or "5m"?`: {"5s", "5m"},
		`; did you mean "a\x1b[31m"?`:  {"", "a\x1b[31m"},
	} {
		if got := DidYouMean(suggestions...); got != want {
			t.Errorf("%q: got %q, want %q", suggestions, got, want)
		}
	}
}
