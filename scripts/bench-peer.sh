#!/usr/bin/env bash
# What a team writes by hand with the AWS CLI: the requests of main and post, one for one.
# usage: bench-peer.sh S3_ENDPOINT DYNAMODB_ENDPOINT BUCKET TABLE STATE_PATH WORK_FOLDER
set -euo pipefail
s3=$1 dynamodb=$2 bucket=$3 table=$4 path=$5 work=$6
lock="$bucket/$path"
id=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
info="{\"ID\":\"$id\",\"Operation\":\"script\",\"Info\":\"\",\"Who\":\"$USER\",\"Version\":\"1\",\"Created\":\"$(date -u +%FT%TZ)\",\"Path\":\"$lock\"}"
quote() { printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'; }

# main: the lock, the digest, the state, the snapshot
aws --endpoint-url "$dynamodb" dynamodb put-item --table-name "$table" \
  --item "{\"LockID\":{\"S\":\"$lock\"},\"Info\":{\"S\":\"$(quote "$info")\"}}" \
  --condition-expression 'attribute_not_exists(LockID)'
aws --endpoint-url "$dynamodb" dynamodb get-item --table-name "$table" --consistent-read \
  --key "{\"LockID\":{\"S\":\"$lock-md5\"}}" >"$work/digest"
etag=$(aws --endpoint-url "$s3" s3api get-object --bucket "$bucket" --key "$path" \
  --query ETag --output text "$work/state")
md5sum "$work/state" >"$work/md5"
aws --endpoint-url "$s3" s3api put-object --bucket "$bucket" --key "script/$path/$(md5sum <<<"$etag" | cut -c1-12)" \
  --body "$work/state" --if-none-match '*' >/dev/null 2>&1 || true

# post: has the state changed, and the release
aws --endpoint-url "$s3" s3api get-object --bucket "$bucket" --key "$path" --if-none-match "$etag" "$work/state" \
  >/dev/null 2>&1 || true
aws --endpoint-url "$dynamodb" dynamodb delete-item --table-name "$table" --key "{\"LockID\":{\"S\":\"$lock\"}}" \
  --condition-expression 'contains(Info, :id)' --expression-attribute-values "{\":id\":{\"S\":\"$id\"}}"
