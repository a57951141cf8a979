terraform {
  backend "s3" {
    bucket = "one"
  }
}

terraform {
  backend "s3" {
    bucket = "two"
  }
}
