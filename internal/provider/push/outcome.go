package push

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// outcome is what a push has done. It shows progress messages, and keeps what
// diagnostics need.
type outcome struct {
	accounts []string          // that the push is for, in the order in which it is sent; nil if it does not list them
	show     func(line string) // sends a progress message

	tasks, sent int
	refused     []string
	failures    map[string]timpush.AccountError // of the refused accounts
	unclear     *timpush.Pushed                 // the last request, if it may have been executed
	unexpected  []string                        // what differs from the API page, each once
}

// add adds a request that was executed, or may have been.
func (o *outcome) add(pushed timpush.Pushed) {
	if pushed.Unclear {
		o.unclear = &pushed
		o.show(fmt.Sprintf("May have been sent%s. Message random: %d", toAccounts(pushed, len(pushed.Accounts)), pushed.Random))
		return
	}
	sent := len(pushed.Accounts) - len(pushed.Refused)
	o.sent += sent
	for _, clause := range pushed.Unexpected {
		if !slices.Contains(o.unexpected, clause) {
			o.unexpected = append(o.unexpected, clause)
		}
	}
	if o.tasks++; o.tasks <= kit.MostListed {
		o.show("Sent" + toAccounts(pushed, sent) + ". Task ID: " + cmp.Or(pushed.TaskID, "not in the response"))
	}
	for _, account := range pushed.Accounts {
		failure, refused := pushed.Refused[account]
		if !refused {
			continue
		}
		o.failures[account] = failure
		if o.refused = append(o.refused, account); len(o.refused) <= kit.MostListed {
			o.show("Refused: " + kit.Quote(account) + ". " + kit.AccountReason(failure))
		}
	}
}

// end shows how much was not shown, and returns the diagnostics of the push. failure
// has those of the request that failed, if any.
func (o *outcome) end(failure diag.Diagnostics) diag.Diagnostics {
	if more := o.tasks - kit.MostListed; more > 0 {
		o.show(fmt.Sprintf("Not shown: %d more task IDs", more))
	}
	if more := len(o.refused) - kit.MostListed; more > 0 {
		o.show(fmt.Sprintf("Not shown: %d more refused accounts", more))
	}
	diags := kit.AddToErrors(failure, o.progress())
	if len(o.refused) > 0 {
		diags.Append(o.refusal(failure.HasError()))
	}
	if len(o.unexpected) > 0 {
		o.show("The push was sent, but a response differs from the API documentation: it " + o.unexpected[0])
		diags.Append(kit.Unexpected("Response to a Push", "The push was sent, but a response differs from the API documentation.", "Report this as a bug in the provider.", o.unexpected)...)
	}
	return diags
}

// refusal reports the accounts that get no push. It is an error if no account gets it,
// unless another error says why.
func (o *outcome) refusal(failed bool) diag.Diagnostic {
	cause := fmt.Sprintf("The service refused %d of %d accounts.", len(o.refused), len(o.accounts))
	reasons := kit.AccountReasons(o.refused, o.failures, nil)
	switch {
	case failed:
		return diag.NewAttributeWarningDiagnostic(audiencePath, "Some Accounts Do Not Get the Push", cause+reasons)
	case o.sent == 0:
		return diag.NewAttributeErrorDiagnostic(audiencePath, "No Account Gets the Push", cause+" Nobody gets the push."+reasons)
	default:
		return diag.NewAttributeWarningDiagnostic(audiencePath, "Some Accounts Do Not Get the Push", cause+" The others get the push."+reasons)
	}
}

// progress is a paragraph that says how far a push that failed got.
func (o *outcome) progress() string {
	if o.tasks == 0 && o.unclear == nil {
		return "\n\nNothing was sent."
	}
	var facts []string
	rest := 0
	if o.accounts != nil {
		unclear := 0
		if o.unclear != nil {
			unclear = len(o.unclear.Accounts)
		}
		rest = len(o.accounts) - o.sent - len(o.refused) - unclear
		facts = append(facts, fmt.Sprintf("Accounts: sent to %d of %d", o.sent, len(o.accounts))+
			part("refused for", len(o.refused))+part("unclear for", unclear)+part("not sent to", rest))
	}
	if rest > 0 {
		facts = append(facts, "First account that it was not sent to: "+kit.Quote(o.accounts[len(o.accounts)-rest]))
	}
	if o.unclear != nil {
		facts = append(facts, fmt.Sprintf("Message random: %d", o.unclear.Random))
	}
	text := "\n\n" + strings.Join(facts, "\n")
	if rest > 0 {
		text += "\n\nAccounts get the push in the order of audience.accounts. To push to the rest, list only the accounts that it was not sent to: the others would get it twice."
	}
	return text
}

func part(what string, count int) string {
	if count == 0 {
		return ""
	}
	return fmt.Sprintf(", %s %d", what, count)
}

// toAccounts says to how many accounts a request is, or "" if it does not list them.
func toAccounts(pushed timpush.Pushed, count int) string {
	switch {
	case pushed.Accounts == nil:
		return ""
	case count == 0:
		return " to no account"
	default:
		return " to " + counted(count)
	}
}

func counted(accounts int) string {
	if accounts == 1 {
		return "1 account"
	}
	return fmt.Sprintf("%d accounts", accounts)
}
