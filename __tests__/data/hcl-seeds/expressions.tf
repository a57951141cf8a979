terraform {
  backend "s3" {
    bucket      = "acme-${"prod"}-${1 + 2 * 3}"
    key         = true && !false ? "yes/${"state"}" : "no"
    max_retries = (2 + 3) * -1 + 10 % 4 - 6 / 3
    encrypt     = 1 < 2 || 3 >= 4 && "a" != "b"
    acl         = null
    region      = false == true ? null : "eu-west-1"
  }
}
