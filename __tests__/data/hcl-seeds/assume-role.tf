terraform {
  backend "s3" {
    bucket       = "state"
    key          = "app.tfstate"
    region       = "us-east-1"
    use_lockfile = true
    assume_role = {
      role_arn     = "arn:aws:iam::111122223333:role/terraform"
      session_name = "ci"
      duration     = "1h"
      tags         = { team = "platform", "cost-center" = "42" }
      transitive_tag_keys = [
        "team", # the first
        "cost-center",
      ]
    }
  }
}
