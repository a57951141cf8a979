terraform {
  backend s3 {
    bucket = "b"
    shared_config_files      = ["~/.aws/config", "/etc/aws"]
    shared_credentials_files = []
    assume_role_with_web_identity = {
      role_arn                = "arn:aws:iam::1:role/r"
      web_identity_token_file = "/run/token"
    }
  }
}
