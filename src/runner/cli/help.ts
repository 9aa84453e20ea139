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
  ldfi check kafka.ded                   (within the bounds of its header)
  ldfi check kafka.ded --eot 6 --eff 4 --crashes 1 --nodes a,b,c,C,Z
  ldfi replay kafka.ded --inject "drop b->Z@1; crash a@5"
  ldfi print kafka.ded
${EXIT_CODES}`;

export const CHECK_HELP = `
Each file is one scenario. Its nodes and bounds come from flags, else from lines
at its top, which may give several bounds, each with the verdict expected:

  // ldfi: nodes a, b, c, C, Z
  // ldfi: bounds 6/4/1 expect violated      (EOT/EFF/crashes)

Flags override bounds part by part. Where nobody gives nodes, they are those
that the program puts in locations.

Examples:
  ldfi check kafka.ded
  ldfi check kafka.ded --all --json > kafka.json
  ldfi check scenarios/*.ded --quiet
${EXIT_CODES}`;

export const REPLAY_HELP = `
Faults are separated by semicolons:
  drop a->b@1    everything a sends to b at time 1 is lost
  crash C@6      C sends nothing at times >= 6

Example:
  ldfi replay kafka.ded --eot 6 --inject "drop b->Z@1; drop c->Z@1; crash a@5"
${EXIT_CODES}`;
