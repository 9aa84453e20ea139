#!/usr/bin/env bash
# Checks certificates by programs that have nothing in common with ldfi: native solvers find each formula
# unsatisfiable. CaDiCaL and PicoSAT write proofs of that, which drat-trim checks where it is installed, and ldfi's
# own checker in any case; so they do with the proof that came with the certificate, if one did.
#
# Usage: tools/check-proof.sh <folder of a certificate>...
# Solvers: `apt-get install cadical picosat minisat`. In CI at least one has to be there; by hand, what is
# missing is said and left out. ldfi has to be built (`npm run build`).
#
# Exit codes: 0 every formula is unsatisfiable and every proof holds, 1 one does not, 2 it could not be run.
set -uo pipefail

tools=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failed=0
checked=0

fail() {
  echo "  FAILED: $*"
  failed=1
}

# prove <formula> <proof> <whose proof>
prove() {
  local told
  if told=$(node "$tools/check-proof.js" "$1" "$2"); then echo "  $3: $told"; else fail "$3: $told"; fi
  command -v drat-trim >/dev/null || return 0
  # It exits with 0 for some proofs that it refuses, so that its words count.
  if drat-trim "$1" "$2" | grep -q '^s VERIFIED'; then echo "  $3: verified by drat-trim"; else fail "drat-trim refuses $3"; fi
}

# solve <name of the solver> <formula> <proof, or nothing> <command...>: solvers exit with 20 for unsatisfiable.
solve() {
  local name=$1 formula=$2 proof=$3
  shift 3
  command -v "$1" >/dev/null || return 0
  checked=1
  "$@" >"$work/output" 2>&1
  local code=$?
  if [ $code -ne 20 ]; then
    fail "$name does not find $formula unsatisfiable (exit code $code)"
    return
  fi
  echo "  $name: unsatisfiable"
  [ -z "$proof" ] && return
  # PicoSAT says first how large the formula is.
  sed -i '/^%/d' "$proof"
  prove "$formula" "$proof" "the proof of $name"
}

if [ $# -eq 0 ]; then
  echo "usage: tools/check-proof.sh <folder of a certificate>..." >&2
  exit 2
fi

for folder in "$@"; do
  formula=$folder/violation.cnf
  echo "$folder"
  if [ ! -f "$formula" ]; then
    echo "  there is no $formula" >&2
    exit 2
  fi
  solve cadical "$formula" "$work/cadical.drat" cadical -q --no-binary "$formula" "$work/cadical.drat"
  solve picosat "$formula" "$work/picosat.rup" picosat "$formula" -R "$work/picosat.rup"
  solve minisat "$formula" '' minisat -verb=0 "$formula"
  [ -f "$folder/violation.drat" ] && prove "$formula" "$folder/violation.drat" "the certificate's proof"
  rm -f "$work"/*
done

if [ $checked -eq 0 ]; then
  echo "no native solver is installed: nothing was solved anew (apt-get install cadical picosat minisat)"
  [ "${CI:-}" = true ] && exit 2
fi
command -v drat-trim >/dev/null || echo "drat-trim is not installed: proofs were checked by ldfi's checker alone"
exit $failed
