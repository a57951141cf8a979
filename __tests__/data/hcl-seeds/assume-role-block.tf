terraform {
  backend "s3" {
    bucket = "state"
    key    = "app.tfstate"

    assume_role {
      role_arn = "arn:aws:iam::111122223333:role/terraform"
    }
  }
}
