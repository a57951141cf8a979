terraform {
  backend "s3" {
    bucket = "quote \" backslash \\ tab \t newline \n return \r"
    key    = "\u00e9t\u00e9/\U0001F600/$${literal}/%%{literal}/$/%/$$/%%/$$$/x"
    acl    = "$"
    region = "%$"
    token  = ""
  }
}
