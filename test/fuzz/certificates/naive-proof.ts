/**
 * Whether clauses prove a formula unsatisfiable, in the simplest way there is: every clause is looked at until no
 * more follows, for every step from the beginning. It shares nothing with the checker of `src/`, which watches
 * literals and keeps what it knows.
 */
type Clause = readonly number[];

/**
 * @returns how many steps lead to a contradiction; undefined where one does not follow, or none does
 */
export function stepsToContradiction(
  formula: readonly Clause[],
  proof: readonly Clause[],
): number | undefined {
  for (let steps = 0; steps <= proof.length; steps++) {
    const known = [...formula, ...proof.slice(0, steps)];
    if (isRefuted(known, [])) return steps;
    // Supposing the opposite of each literal has to end in a contradiction.
    if (steps < proof.length && !isRefuted(known, proof[steps])) return undefined;
  }
  return undefined;
}

/** Whether it follows by unit propagation that the clauses do not hold together with the denied literals false. */
function isRefuted(clauses: readonly Clause[], denied: Clause): boolean {
  const facts = new Set(denied.map((literal) => -literal));
  if (denied.some((literal) => facts.has(literal))) return true;
  for (let size = -1; size < facts.size;) {
    size = facts.size;
    for (const clause of clauses) {
      if (clause.some((literal) => facts.has(literal))) continue;
      const open = [...new Set(clause.filter((literal) => !facts.has(-literal)))];
      if (open.length === 0) return true;
      if (open.length === 1) facts.add(open[0]);
    }
  }
  return false;
}
