#!/usr/bin/env bash
# What is built, packed and installed as people install it, works beside each version of what they have: the matcher
# under vitest, a check under Jest, the types in each compiler for each kind of module.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tarball=$folder/$(npm pack "$root" --ignore-scripts --silent --pack-destination "$folder")

# Goes to a new project, in which these packages are installed; npm refuses what the peers of ldfi do not allow.
project() {
  mkdir "$folder/$1"
  cd "$folder/$1"
  echo '{ "private": true, "type": "module" }' >package.json
  npm install --no-audit --no-fund --prefer-offline --loglevel error "$tarball" "${@:2}" >/dev/null
  cat >scenario.js <<'SCENARIO'
import { dedalus, defineScenario } from 'ldfi';

const ping = (name, again) =>
  defineScenario({
    name,
    nodes: ['a', 'b'],
    bounds: { eot: 4, eff: 2, crashes: 0 },
    rules: dedalus`
      go("a", "b")@1; go(A, B)@next :- go(A, B), again(${again}); again("b")@1; again(X)@next :- again(X);
      got(B)@async :- go(A, B); got(B)@next :- got(B);
      pre(B) :- again(B); post(B) :- got(B);`,
  });

export const once = ping('once', 'a');
export const forEver = ping('for ever', 'b');
SCENARIO
}

for version in 3 4 5; do
  project "vitest-$version" "vitest@$version" fast-check@4
  cat >matcher.test.js <<'TEST'
import { expect, it } from 'vitest';
import 'ldfi/vitest';
import { forEver, once } from './scenario.js';

it('judges scenarios', async () => {
  await expect(forEver).toTolerateFaults();
  await expect(once).not.toTolerateFaults({ eot: 5 });
  await expect(expect(once).toTolerateFaults()).rejects.toThrow(/drop a->b@1/);
});
TEST
  npx vitest run --silent
done

project jest jest@30
cat >check.test.js <<'TEST'
import { checkScenario, plainStyle, reportCheck } from 'ldfi';
import { forEver, once } from './scenario.js';

const report = async (scenario) =>
  reportCheck(await checkScenario(scenario), { width: 80, style: plainStyle, verbose: false });

test('judges scenarios', async () => {
  expect(await report(forEver)).toMatch(/^CERTIFIED/);
  expect(await report(once)).toMatch(/^VIOLATED/);
});
TEST
NODE_OPTIONS='--experimental-vm-modules --no-warnings' npx jest

for version in 5.9 6 7; do
  project "typescript-$version" "typescript@$version" @types/node@22
  for file in "$root"/test/types/*.ts; do
    sed "s#'../../src/index.js'#'ldfi'#" "$file" >"$(basename "$file")"
  done
  for kind in commonjs module; do
    echo "{ \"private\": true, \"type\": \"$kind\" }" >package.json
    for module in commonjs node16 nodenext preserve 'esnext --moduleResolution bundler'; do
      # shellcheck disable=SC2086
      npx tsc --noEmit --strict --skipLibCheck --target es2022 --types node --module $module ./*.ts
    done
  done
  echo "TypeScript $version takes and refuses what it should"
done
