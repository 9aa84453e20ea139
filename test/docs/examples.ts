/** Examples of docstrings as modules: what they take for granted is the package, and a scenario. */

interface Exports {
  readonly module: string;
  readonly names: readonly string[];
}

/** @param packages what can be imported; an example that has imports of its own is complete */
export function moduleOf(example: string, packages: readonly Exports[]): string {
  const uses = (name: string) => new RegExp(String.raw`\b${name}\b`).test(example);
  const defines = (name: string) =>
    new RegExp(String.raw`\b(?:const|let|function|class)\s+(?:${name}\b|\{[^}]*\b${name}\b)`).test(example);
  const imports = packages.flatMap(({ module, names }) => {
    const used = names.filter((name) => uses(name) && !defines(name));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${module}';`];
  });
  return [
    ...(uses('fc') ? ["import fc from 'fast-check';"] : []),
    ...(uses('expect') ? ["import { expect } from 'vitest';", "import 'ldfi/vitest';"] : []),
    ...imports,
    ...(uses('scenario') && !defines('scenario') ? ["declare const scenario: import('ldfi').Scenario;"] : []),
    example,
    'export {};',
  ].join('\n');
}
