#!/usr/bin/env bash
# What is built works with the versions of Node that are supported: the command line on scenarios of either kind, and
# the library by `import` and by `require`. npm brings the binaries, by the package `node`, and keeps them.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- 20.19 22 24

with_node() {
  local version=$1
  shift
  npx --yes --package "node@$version" node "$@"
}

for version in "$@"; do
  with_node "$version" dist/cli/main.js check --quiet --as-expected \
    scenarios/dedalus/kafka.ded scenarios/handlers/two-phase-commit.ts scenarios/rules/kafka.ts
  # By its name: as whoever has it installed, through `exports`.
  with_node "$version" --input-type=module --eval '
    import { createRequire } from "node:module";
    import * as ldfi from "ldfi";
    const required = createRequire(`${process.cwd()}/package.json`)("ldfi");
    if (required.checkScenario !== ldfi.checkScenario) throw new Error("`require` gives another program");
    const scenario = ldfi.defineScenario({
      name: "smoke",
      nodes: ["a", "b"],
      bounds: { eot: 3, eff: 2, crashes: 0 },
      rules: ldfi.dedalus`go("a", "b")@1; got(B)@async :- go(A, B); got(B)@next :- got(B); wanted("b")@1; wanted(B)@next :- wanted(B); pre(B) :- wanted(B); post(B) :- got(B);`,
    });
    const { verdict } = await ldfi.checkScenario(scenario);
    if (verdict.kind !== "violated") throw new Error(`the verdict is ${verdict.kind}`);
    console.log(`Node ${process.version}: ${verdict.kind}, as it should be`);
  '
  # Within a service it is in place of what Node has.
  LDFI_CAMPAIGN=smoke with_node "$version" --import ldfi/inject --eval '
    const { Server } = require("node:http");
    if (!String(Server.prototype.emit).includes("injector")) throw new Error("nothing is injected");
  '
done
