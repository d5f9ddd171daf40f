ephemeral "timpush_user_sig" "bot" {
  user_id  = "push-bot"
  validity = "2h"
}
