terraform {
  cloud {
    organization = "acme"
    hostname     = "app.terraform.io"
    workspaces {
      tags = ["networking", "source:cli"]
    }
  }
}
