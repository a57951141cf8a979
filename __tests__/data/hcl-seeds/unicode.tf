locals { größe = "10 µm" }
terraform {
  backend "s3" {
    bucket = "café-👩‍👩‍👧-日本"
  }
}
