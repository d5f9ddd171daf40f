# 200 canary accounts in one resource: canary-000 to canary-199. Every tenth also has
# the tag first-wave. The postcondition fails an apply that could not write all of them.
resource "timpush_user_tags" "canaries" {
  tags = {
    for n in range(200) : format("canary-%03d", n) => n % 10 == 0 ? ["canary", "first-wave"] : ["canary"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.errors) == 0
      error_message = "${length(self.errors)} accounts could not be written. Fix the cause, and apply again."
    }
  }
}
