import type { KnownDifferences } from './s3-conformance.js';

/** moto 5.2.1, run by `testing/moto_locked.py`. It judges no signature unless it is asked to, and no checksum. */
export const motoDifferences: KnownDifferences = {
  'PUT If-None-Match knows no value but *': '200',
  'DELETE If-Match: * removes whatever is there': '412 PreconditionFailed; then anything',
  'DeleteObjects leaves an object alone whose ETag is another': 'deleted: a, b; errors: none',
  'no copy if the source is another version': '200; then state',
  'copy If-None-Match: * leaves an existing object alone': '200; then state',
  'GET of a delete marker by its id': '404 NoSuchVersion',
  'a wrong CRC32 is refused, and nothing is stored': '200; then state',
  'a wrong SHA-256 is refused': '200',
  'a wrong Content-MD5 is refused': '200',
  'a checksum is kept and given back on demand': 'undefined; without demand: undefined',
  'what is not asked to be encrypted is, with AES256': 'PUT: undefined, HEAD: undefined',
  "a customer's key is needed to read what was written with it":
    'with: state; without: state; with another: state; reported: undefined',
  "a customer's key for what was written without one": '200',
  'a request signed with a wrong secret': '200',
  'a request signed by nobody known': '200',
  'a request signed for a wrong region': '200',
};

/** versitygw 1.8.0 on a POSIX folder. It has no encryption, and takes a delete marker for an object in conditions. */
export const versitygwDifferences: KnownDifferences = {
  'PUT If-None-Match: * creates an object where a delete marker is': '412 PreconditionFailed',
  'PUT If-Match where a delete marker is, is refused': '200',
  'DELETE If-Match of an absent object is refused': '204',
  'DELETE If-Match: * removes whatever is there': '412 PreconditionFailed; then anything',
  'of 10 racing DELETE If-Match one wins': '10 × 204',
  'DeleteObjects leaves an object alone whose ETag is another': 'deleted: a, b; errors: none',
  'copy If-None-Match: * leaves an existing object alone': '200; then state',
  'encoding-type=url': 'env:/a b+c',
  'what is not asked to be encrypted is, with AES256': 'PUT: undefined, HEAD: undefined',
  'encryption by a KMS key is reported with the key': 'undefined undefined',
  "a customer's key is needed to read what was written with it":
    'with: state; without: state; with another: state; reported: undefined',
  "a customer's key for what was written without one": '200',
  'a request signed by nobody known': '404 XAdminUserNotFound',
};
