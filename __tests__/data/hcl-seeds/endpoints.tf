terraform {
  backend "s3" {
    bucket                      = "state"
    key                         = "minio/terraform.tfstate"
    region                      = "main"
    endpoints                   = { s3 = "https://minio.example:9000", dynamodb : "http://localhost:8000" }
    skip_credentials_validation = true
    skip_region_validation      = true
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
    use_path_style              = true
  }
}
