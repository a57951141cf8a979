# terraform { backend "s3" { bucket = "no" } }
// terraform { backend "s3" {
/* terraform {
  backend "s3" { */
terraform { # here
  /* and */ backend /* the */ "s3" { // type
    bucket /* b */ = /* c */ "b" /* d
    */ # e
    key = "k" // f
  }
} # end
/**/
