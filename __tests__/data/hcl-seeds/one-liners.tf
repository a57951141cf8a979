terraform { required_version = ">= 1.6" }
terraform {
  backend "s3" { bucket = "only" }
}
variable "x" { default = "}" }
variable "y" {}
