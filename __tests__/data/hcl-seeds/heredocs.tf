locals {
  policy = <<-EOT
    {
      "Statement": [{ "Resource": "${aws_s3_bucket.x.arn}/*" }],
      "Text": "terraform { backend \"s3\" {} }"
    }
  EOT
  script = <<SCRIPT
#!/bin/sh
echo "$HOME $${HOME} %%{x}" /* not a comment
%{ for n in var.names ~}
  echo ${upper("${n}-${"nested ${n}"}")}
%{ endfor ~}
SCRIPT
}

terraform {
  backend "s3" {
    bucket = "b"
    key    = <<-KEY
      a/${"b"}/c
        indented
      KEY
  }
}
