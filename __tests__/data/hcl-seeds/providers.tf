provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = merge(local.tags, { Name = "x" })
  }
}

module "vpc" {
  source   = "./modules/vpc"
  for_each = { for k, v in var.vpcs : k => v if v.enabled }
  cidrs    = [for s in each.value.subnets : cidrsubnet("10.0.0.0/8", 8, s)]
  names    = module.net[*].name
  f        = provider::aws::arn_parse("x")
  x        = cond ? [1, 2,] : { a = 1, b : 2 }
}

terraform {
  backend "s3" {
    bucket = "b"
    key    = "k"
  }
}
