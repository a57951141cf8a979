"""A moto server on loopback whose conditional writes are atomic.

moto checks a condition first and writes later, and serves every request on a thread of its own: two
requests can both pass the check. Here one lock is held around every call on an S3 object and around
every DynamoDB call, so of any number of racing conditional writes one wins, as in AWS.

Usage: python moto_locked.py PORT [SWITCH_INTERVAL_SECONDS]

A tiny switch interval (such as 0.000001) makes Python change threads often, to provoke races.
"""

import functools
import sys
import threading

from moto.dynamodb.responses import DynamoHandler
from moto.s3.responses import S3Response
from moto.server import main

# Re-entrant: a locked method may call another one.
LOCK = threading.RLock()

S3_METHODS = (
    "put_object",
    "copy_object",
    "delete_object",
    "_bucket_response_post",  # DeleteObjects
    # Reads too: moto stores an object first and its metadata afterwards.
    "get_object",
    "head_object",
)


def serialise(owner: type, method: str) -> None:
    """Makes every call of the method hold the lock; a method that moto renamed is an error here."""
    original = getattr(owner, method)

    @functools.wraps(original)
    def locked(*args, **kwargs):
        with LOCK:
            return original(*args, **kwargs)

    setattr(owner, method, locked)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.setswitchinterval(float(sys.argv[2]))
    for name in S3_METHODS:
        serialise(S3Response, name)
    serialise(DynamoHandler, "call_action")
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
