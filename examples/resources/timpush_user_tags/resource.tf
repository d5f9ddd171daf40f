# Manages these tags of two test accounts. Other tags, and other accounts, are left
# alone.
resource "timpush_user_tags" "test" {
  tags = {
    test-gold   = ["beta", "vip"]
    test-silver = ["beta"]
  }
}
