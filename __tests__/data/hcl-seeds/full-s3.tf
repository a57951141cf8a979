terraform {
  required_version = ">= 1.10, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }

  backend "s3" {
    bucket               = "acme-terraform-state"
    key                  = "network/terraform.tfstate"
    region               = "eu-central-1"
    encrypt              = true
    kms_key_id           = "arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
    dynamodb_table       = "terraform-locks"
    workspace_key_prefix = "env:"
    max_retries          = 5
  }
}
