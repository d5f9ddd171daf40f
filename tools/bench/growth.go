package main

// Numbers of accounts whose second plans are compared. Five times the accounts must
// not take more than mostGrowth times as long: quadratic time would take 25 times.
const (
	fewAccounts  = 2000
	manyAccounts = 10_000
	mostGrowth   = 8
)

// growth returns a sentence that compares the second plans, or nothing if one of
// them was not measured.
func growth(steps []stepResult) string {
	var few, many stepResult
	for _, s := range steps {
		switch {
		case s.step == secondPlan && s.accounts == fewAccounts:
			few = s
		case s.step == secondPlan && s.accounts == manyAccounts:
			many = s
		}
	}
	if few.accounts == 0 || many.accounts == 0 {
		return ""
	}
	return english.Sprintf("\nThe second plan of %d accounts took %.2f times as long as that of %d (empty provider: %.2f, limit: %d).\n",
		manyAccounts, many.provider.Seconds()/few.provider.Seconds(), fewAccounts, many.empty.Seconds()/few.empty.Seconds(), mostGrowth)
}
