package push

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// outcome is what a push has done. It shows progress messages, and keeps what
// diagnostics need.
type outcome struct {
	accounts int               // that the push is for; 0 if it does not list them
	show     func(line string) // sends a progress message

	tasks, refused, sent int
	failures             map[string]timpush.AccountError
	order                []string // of failures
	unclear              *timpush.Pushed
	unexpected           []string
}

// add adds a request that was executed, or may have been.
func (o *outcome) add(pushed timpush.Pushed) {
	if pushed.Unclear {
		o.unclear = &pushed
		o.show(fmt.Sprintf("May have been sent%s. Message random: %d", counted(len(pushed.Accounts)), pushed.Random))
		return
	}
	o.sent += len(pushed.Accounts) - len(pushed.Refused)
	o.unexpected = append(o.unexpected, pushed.Unexpected...)
	if o.tasks++; o.tasks <= kit.MostListed {
		id := pushed.TaskID
		if id == "" {
			id = "not in the response"
		}
		o.show("Sent" + counted(len(pushed.Accounts)-len(pushed.Refused)) + ". Task ID: " + id)
	}
	for _, account := range pushed.Accounts {
		failure, failed := pushed.Refused[account]
		if !failed {
			continue
		}
		if o.refused++; o.refused > kit.MostListed {
			continue
		}
		o.failures[account] = failure
		o.order = append(o.order, account)
		o.show("Refused: " + kit.Quote(account) + ". " + failure.Message())
	}
}

// end shows how much was not shown, and returns the diagnostics of the push. diags
// are those of the request that failed, if any.
func (o *outcome) end(diags diag.Diagnostics) diag.Diagnostics {
	if more := o.tasks - kit.MostListed; more > 0 {
		o.show(fmt.Sprintf("Not shown: %d more task IDs", more))
	}
	if more := o.refused - kit.MostListed; more > 0 {
		o.show(fmt.Sprintf("Not shown: %d more refused accounts", more))
	}
	diags = kit.AddToErrors(diags, o.progress())
	if o.refused > 0 {
		cause := fmt.Sprintf("The service refused %d of %d accounts.", o.refused, o.accounts)
		reasons := kit.AccountReasons(o.order, o.failures, nil)
		if o.sent == 0 && !diags.HasError() {
			diags.AddAttributeError(audiencePath, "No Account Gets the Push", cause+" Nobody gets the push."+reasons)
		} else {
			diags.AddAttributeWarning(audiencePath, "Some Accounts Do Not Get the Push", cause+" The others get the push."+reasons)
		}
	}
	if len(o.unexpected) > 0 {
		o.show("The push was sent, but a response differs from the API documentation: it " + o.unexpected[0])
		diags.Append(kit.Unexpected("Response to a Push", "The push was sent, but a response differs from the API documentation.", "Report this as a bug in the provider.", o.unexpected)...)
	}
	return diags
}

// progress says how far a push that failed got, and what a person can do.
func (o *outcome) progress() string {
	var text strings.Builder
	if o.accounts > 0 {
		unclear := 0
		if o.unclear != nil {
			unclear = len(o.unclear.Accounts)
		}
		parts := []string{fmt.Sprintf("sent to %d of %d", o.sent, o.accounts)}
		for _, part := range []struct {
			what  string
			count int
		}{{"refused for", o.refused}, {"unclear for", unclear}, {"not sent to", o.accounts - o.sent - o.refused - unclear}} {
			if part.count > 0 {
				parts = append(parts, fmt.Sprintf("%s %d", part.what, part.count))
			}
		}
		text.WriteString("\nAccounts: " + strings.Join(parts, ", "))
	}
	switch {
	case o.unclear != nil:
		fmt.Fprintf(&text, "\nMessage random: %d\n\nThe last request may have been executed, so the provider did not send it again. "+
			"To find out, ask a recipient, or read the data source timpush_push_statistics for the last minutes, without task_ids. If you invoke the action again, accounts that got the push get it twice.", o.unclear.Random)
	case o.tasks == 0:
		text.WriteString("\n\nNothing was sent.")
	default:
		text.WriteString("\n\nIf you invoke the action again, accounts that got the push get it twice: list only the others.")
	}
	return text.String()
}

// counted says for how many accounts a request is, or "" if it does not list them.
func counted(accounts int) string {
	switch accounts {
	case 0:
		return ""
	case 1:
		return " to 1 account"
	default:
		return fmt.Sprintf(" to %d accounts", accounts)
	}
}
