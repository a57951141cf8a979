terraform {
  backend "local" {
    path          = "../state/terraform.tfstate"
    workspace_dir = "spaces"
  }
}

resource "null_resource" "x" {
  triggers = { at = timestamp() }
}
