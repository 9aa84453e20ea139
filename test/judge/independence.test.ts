/**
 * The judge is worth something because it shares no code with what it judges: of `src/` it knows the types of the
 * syntax tree, of handlers, and of faults and bounds, all of which the compiler takes out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('./', import.meta.url);

/** What reads programs for the judge's own tests. */
const FOR_TESTS = ['program-of.ts', 'handlers-cases.ts'];

const SHARED = [
  '../../src/model/rules/program.js',
  '../../src/model/handlers/protocol.js',
  '../../src/model/handlers/operations/object-model.js',
  '../../src/injector/faults.js',
  '../../src/injector/bounds.js',
];

const files = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !FOR_TESTS.includes(file))
  .sort();

interface Import {
  readonly isType: boolean;
  readonly from: string;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  const statements = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)';/gm)];
  const others = [...text.matchAll(/\bimport\s*\(|\brequire\s*\(|^import '/gm)];
  expect(others, file).toEqual([]);
  return statements.map(([, type, from]) => ({ isType: type !== undefined, from }));
}

it('there is a judge', () => {
  expect(files).toEqual([
    'arrivals.ts',
    'dedalus.ts',
    'fault-sets.ts',
    'firings.ts',
    'handlers.ts',
    'linearizable.ts',
    'locations.ts',
    'strata.ts',
    'verdict.ts',
  ]);
});

describe.each(files)('%s', (file) => {
  it('takes types alone from src/, and only those of what is judged', () => {
    const shared = importsOf(file).filter(({ from }) => !from.startsWith('./'));
    expect(shared.filter(({ isType, from }) => !isType || !SHARED.includes(from))).toEqual([]);
  });

  it('takes nothing else from without the judge but the judge', () => {
    const own = importsOf(file).filter(({ from }) => from.startsWith('./'));
    expect(own.filter(({ from }) => !files.includes(from.slice(2).replace(/js$/, 'ts')))).toEqual([]);
  });
});
