import { describe, expect, it } from 'vitest';
import { importsPackage } from '../../../src/runner/files/imports.js';

const importsLdfi = (text: string) => importsPackage(text, 'ldfi');

describe('a module imports a package', () => {
  it.each([
    `import { defineScenario } from 'ldfi';`,
    `import { type Scenario, defineScenario } from "ldfi";`,
    `import * as ldfi from 'ldfi';`,
    `import ldfi, { type Bounds } from 'ldfi';`,
    `import 'ldfi';`,
    `import { defineScenario } from 'ldfi' with { type: 'module' };`,
    `export * from 'ldfi';`,
    `export { defineScenario } from 'ldfi';`,
    `import ldfi = require('ldfi');`,
    `const { defineScenario } = require('ldfi');`,
    'const ldfi = await import(`ldfi`);',
    `export async function later() { return (await import('ldfi')).defineScenario; }`,
    `enum Role { Primary } abstract class Node<T> { constructor(private readonly state: T) {} }
     const name = <const T,>(value: T) => value satisfies unknown as T; import { program } from 'ldfi';`,
  ])('%s', async (text) => {
    expect(await importsLdfi(text)).toBe(true);
  });
});

describe('a module does not import a package', () => {
  it.each([
    ``,
    `// import { defineScenario } from 'ldfi';`,
    `/* require('ldfi') */ export const x = 1;`,
    `export const text = "import { defineScenario } from 'ldfi'";`,
    `export const name = 'ldfi';`,
    `import type { Scenario } from 'ldfi';`,
    `import { type Scenario, type Bounds } from 'ldfi';`,
    `export type { Scenario } from 'ldfi';`,
    `export type * from 'ldfi';`,
    `import type ldfi = require('ldfi');`,
    `let scenario: import('ldfi').Scenario;`,
    `import { expect } from 'ldfi/vitest';`,
    `import { defineScenario } from './ldfi.js';`,
    `resolve('ldfi');`,
    'import(`ldfi${version}`);',
  ])('%s', async (text) => {
    expect(await importsLdfi(text)).toBe(false);
  });
});

it('what is no module is left to the loader to complain of, where it names the package', async () => {
  expect(await importsLdfi(`import { defineScenario } from 'ldfi'; const = ;`)).toBe(true);
  expect(await importsLdfi(`import 'ldfi'; ${'['.repeat(100_000)}`)).toBe(true);
  expect(await importsLdfi(`const = ;`)).toBe(false);
});
