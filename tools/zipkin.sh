#!/usr/bin/env bash
# Prints where Zipkin's server is, which a test of traces asks. It is fetched from Maven Central where it is not there yet.
set -euo pipefail
cd "$(dirname "$0")/.."

version=3.5.1
folder=node_modules/.cache/zipkin
jar=$PWD/$folder/zipkin-server-$version-exec.jar
[ -f "$jar" ] || mvn -q -B dependency:copy -Dartifact=io.zipkin:zipkin-server:$version:jar:exec \
  -DoutputDirectory="$folder" >&2
echo "$jar"
