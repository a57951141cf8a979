terraform {
  backend "s3" {
    max_retries = 1e1
    key         = 12.50
    bucket      = 007
    region      = 123456789012345678901234567890
    acl         = 1.5e-3
    allowed_account_ids = [123456789012, 5]
    forbidden_account_ids = ["1", 2, true, null, [], {}]
  }
}
