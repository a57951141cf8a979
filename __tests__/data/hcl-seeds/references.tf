variable "bucket" { type = string }
terraform {
  backend "s3" {
    bucket         = var.bucket
    key            = "${local.prefix}/terraform.tfstate"
    region         = lower("EU-WEST-1")
    dynamodb_table = aws_dynamodb_table.locks[0].name
    allowed_account_ids = [for a in ["1", "2"] : a]
    profile        = local.profiles.*.name
    encrypt        = "%{ if true }true%{ endif }"
  }
}
