/** What `--help` says beyond the list of options. */

const EXIT_CODES = `
Exit codes:
  0    certified; of replay: the run satisfies the specification
  1    violated
  2    could not run: usage, syntax, types, a program that has no value
  3    inconclusive or vacuous
  130  interrupted, with what was known so far printed
Of several checks the most severe counts: 130, 2, 1, 3, 0.`;

export const MAIN_HELP = `
Examples:
  ldfi init                              (writes a first scenario, and its repair)
  ldfi check scenarios/first.ts
  ldfi check kafka.ded --eot 6 --eff 4 --crashes 1 --nodes a,b,c,C,Z
  ldfi replay kafka.ded --inject "drop b->Z@1; crash a@5"
  ldfi explain kafka.ded why-not "post(C, w)" under "crash a@5"
  ldfi print kafka.ded
${EXIT_CODES}`;

export const CHECK_HELP = `
Files are modules that export scenarios (.ts, .mts, .cts, .js, .mjs, .cjs) or
programs of Dedalus (.ded). In a folder, modules that import "ldfi" and .ded
files with a line "// ldfi:" are looked at. Where no file is named, those of
ldfi.config.ts are. --with reads a file, such as a specification, as part of
each .ded program.

A .ded file gives its nodes and bounds in lines at its top:

  // ldfi: nodes a, b, c, C, Z
  // ldfi: bounds 6/4/1 expect violated      (EOT/EFF/crashes)

Options override bounds part by part. Where nobody gives nodes, they are those
that the program puts in locations. Most options can also be given in the
environment (--max-runs is LDFI_MAX_RUNS) and in ldfi.config.ts (maxRuns); the
command line counts before the environment, and that before the file.

Examples:
  ldfi check scenarios --list
  ldfi check scenarios --as-expected     (in CI: fails on any other verdict)
  ldfi check scenarios/first.ts -g repaired
  ldfi check kafka.ded --all --json > kafka.json
  ldfi check scenarios --reporter junit=report.xml
${EXIT_CODES}`;

export const REPLAY_HELP = `
Faults are separated by semicolons:
  drop a->b@1    everything a sends to b at time 1 is lost
  delay a->b@1+2 it arrives two timesteps later than it would
  dup a->b@1+2   it arrives, and once more two timesteps later
  crash C@6      C sends nothing at times >= 6

Example:
  ldfi replay kafka.ded --eot 6 --inject "drop b->Z@1; drop c->Z@1; crash a@5"
${EXIT_CODES}`;

export const TOLERANCE_HELP = `
Of each number of crashes it says until when messages may be lost, with the
least faults at the edge; then, within the scenario's bounds (or those of --eot,
--eff and --crashes), how much of what may happen violates, from when on in the
least counterexample all of it does, and how much is left where one node,
channel or time cannot fail. All of it is counted, not sampled. Where nothing
violates, each bound is widened by one in turn.

Examples:
  ldfi tolerance kafka.ded --eot 6 --probability omission=0.01,crash=0.001
  ldfi tolerance kafka.ded --html tolerance.html
${EXIT_CODES}`;

export const PROTECT_HELP = `
Each set is put to a whole check within the scenario's bounds (or those of --eot,
--eff and --crashes) in which nothing that is in it fails, and is told as soon as
that check has certified it; with less of it, some fault set violates.

Example:
  ldfi protect kafka.ded --eot 6 --limit 3
${EXIT_CODES}`;

export const REPAIR_HELP = `
Every change in one respect is tried that is known how to make. Of rules: repeat
what is sent until it is acknowledged or at every timestep, ask for more before
sending or concluding, wait for a majority or for all, send because of something
else, give up waiting. Of handlers, by a line around the scenario: send messages
until they are acknowledged, ask until an answer comes, hold messages back until
others are acknowledged, keep fields of the state. What is told is certified by a
whole check within the scenario's bounds (or those of --eot, --eff and --crashes),
and leaves what the protocol does where nothing fails. The cheapest come first.

Examples:
  ldfi repair primary-backup-async.ded
  ldfi repair primary-backup-async.ded --as patch | patch -p0
${EXIT_CODES}`;

export const TEST_FROM_HELP = `
A counterexample is a file of ldfi-regressions/, which \`ldfi check --save\` writes,
or a scenario with --inject. The test runs the scenario under these faults, and
checks that it tolerates all faults within the bounds; it fails until the bug is
mended. No file is overwritten.

Examples:
  ldfi test-from ldfi-regressions/first-6-3-0-0f9a5b7c.json
  ldfi test-from scenarios/first.ts --inject "drop a->b@1" --runner node

Exit codes:
  0    written
  2    could not run, or the file is there already
  130  interrupted`;

export const SHOW_HELP = `
The page is that of \`ldfi check --reporter html=<file>\`, or of \`ldfi tolerance
--html <file>\`. What facts rest on is found out by the scenarios that the document
names, where these are at hand and run as they did. Modules are run only where they
are named after the document, since it may come from anywhere.

Examples:
  ldfi check scenarios --reporter json=checks.json
  ldfi show checks.json --open
  ldfi show checks.json scenarios/handlers
  ldfi show tolerance.json

Exit codes:
  0    written
  2    could not read, write or open it
  130  interrupted`;

export const EXPLAIN_HELP = `
A question is "why" or "why-not", and what it is about, in the words of pictures:
  log(b, "hello")     a fact of rules; _ is any value
  ack b->a@2          a message sent at time 2; without @2 the first that there is
  b                   what a node knows; b.role = leader while that is so
  agreement           a property of handlers; nothing at all: the outcome
then, where wanted, "at 3" for a time, and "under drop a->b@1" for faults.
Without a time, why is about the first, why-not about the last.

Examples:
  ldfi explain kafka.ded why
  ldfi explain kafka.ded "why-not post(C, w)" --inject "drop b->Z@1; crash a@4"
  ldfi explain raft.ts why "b.role = leader" under "drop a->b@1"
  ldfi explain kafka.ded "why ack(C, w)" --as svg > why.svg

Exit codes:
  0    answered
  2    could not run, or it is otherwise
  130  interrupted`;

export const VERIFY_HELP = `
Certificates name the files of their scenarios. Modules have to be named here
too, since a module is run when it is read. One file beside one certificate is
taken instead of the one that the certificate names.

Examples:
  ldfi check kafka.ded --certificate certificates --proof
  ldfi verify-certificate certificates
  ldfi verify-certificate certificates/first-8-3-1-0f9a5b7c scenarios/first.ts

Exit codes:
  0    valid
  1    refuted: a fault set within the bounds violates the specification
  2    not valid, or not to be verified
  130  interrupted`;

export const PROXY_HELP = `
LDFI_CAMPAIGN is the token of the campaign: only requests that carry it are
heeded. LDFI_SERVICES says what is called what (pricing=127.0.0.1:4001), and
spans of the calls go to OTEL_EXPORTER_OTLP_ENDPOINT.

Examples:
  ldfi proxy --service cart --listen 8081 --to http://127.0.0.1:4001
  ldfi proxy --service cart --listen 8081
  ldfi proxy --service cart --to http://127.0.0.1:4001 --print haproxy
`;

export const TRACE_HELP = `
Inputs are files, folders, addresses (http://, https://), or - for standard
input. Traces are of OpenTelemetry (JSON, JSON Lines, protobuf), Jaeger or
Zipkin (v1, v2), compressed by gzip or not; which, is found out.

Predicates compare failed, latency, service, operation, trace, calls (how many),
call and failure ("shop -> pricing GET /price"), or an attribute of the root
span with = != < <= > >= ~ (contains), and join that by and, or, not.

Examples:
  ldfi trace traces.jsonl
  ldfi trace captures --where 'operation = "GET /checkout" and latency > 500ms'
  ldfi trace captures --strict
  ldfi trace captures --html traces.html
  kubectl logs collector | ldfi trace -
  ldfi trace --listen 4318
  ldfi trace --from http://localhost:16686 --service cart --since 15m

Exit codes:
  0    read, and no call was seen to fail its request alone
  1    one was
  2    could not read, or with --strict: a trace has a flaw
  3    read, but no request is known to have had a good outcome
  130  interrupted`;

export const INIT_HELP = `
Writes scenarios/NAME.ts (default: first), ldfi.config.ts, a script "ldfi" and
the dependency in package.json, a workflow for CI, and a tsconfig.json where
there is none. What is there already is kept as it is.`;
