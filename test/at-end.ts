/**
 * What is to be done when a test file ends. A process runs many test files, and loads a module once for all of them: `afterAll`
 * in a module that tests share would hold for the first of them alone. `setup.ts` sees to it for each.
 */

const endings: (() => void)[] = [];

export function atEnd(work: () => void): void {
  endings.push(work);
}

/** Does it, in the order in which it was asked for. */
export function endFile(): void {
  for (const work of endings.splice(0)) work();
}
