# 200 canary accounts in one resource: canary-000 to canary-199. The postcondition
# fails an apply that could not write all of them.
resource "timpush_user_attributes" "canaries" {
  attributes = {
    for n in range(200) : format("canary-%03d", n) => { city = n % 2 == 0 ? "ShenZhen" : "BeiJing" }
  }

  lifecycle {
    postcondition {
      condition     = length(self.errors) == 0
      error_message = "${length(self.errors)} accounts could not be written. Fix the cause, and apply again."
    }
  }
}
