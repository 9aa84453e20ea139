#!/usr/bin/env bash
# Prints where Jaeger's server is, which `npm run test:jaeger` asks. It is built from its Go module where it is not there
# yet, which takes half an hour and some gigabytes; its pages are left out.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.76.0
program=$PWD/node_modules/.cache/jaeger/jaeger-$version
if [ ! -x "$program" ]; then
  module=github.com/jaegertracing/jaeger@v$version
  go mod download "$module" >&2
  # Its own module file has replacements, which no other module would follow.
  go build -C "$(go env GOMODCACHE)/$module" -trimpath -o "$program" ./cmd/jaeger >&2
fi
echo "$program"
