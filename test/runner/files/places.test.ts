import { describe, expect, it } from 'vitest';
import { fieldSpan, restOfLine } from '../../../src/runner/files/places.js';

const TEXT = `const other = { name: 'x' };
export default defineScenario({
  // bounds: { eot: 1 }
  ...common, 'name': "eff: {", nodes,
  handlers: { init: (self, { eot, bounds }) => ({ crashes: 1 }), onMessage: {}, observe() { return { pre: 1 }; } },
  bounds: { eot: 3, eff: 2, crashes: \`\${1}\` },
  specification: { safe: { pre, post: (o) => o.x } },
});
`;

/** The line, and the text of the place. */
function found(path: string): string | undefined {
  const span = fieldSpan({ name: 'x.ts', text: TEXT }, 2, path.split('.'));
  if (span === undefined) return undefined;
  return `${TEXT.slice(0, span.start).split('\n').length} ${TEXT.slice(span.start, span.end)}`;
}

describe('the place of a field', () => {
  it.each([
    ['name', "4 'name'"],
    ['nodes', '4 nodes'],
    ['bounds', '6 bounds'],
    ['bounds.eot', '6 eot'],
    ['bounds.crashes', '6 crashes'],
    ['handlers.init', '5 init'],
    ['handlers.onMessage.x', '5 onMessage'],
    ['specification.safe.post', '7 post'],
    ['specification.safe.always', '7 safe'],
    ['handlers.pre', '5 handlers'],
    ['crashes', undefined],
    ['pre', undefined],
  ])('%s is %j', (path, expected) => {
    expect(found(path)).toBe(expected);
  });

  it.each([
    ['handlers.onTick', '2 onTick'],
    ['roles.reader.onStart', '3 onStart'],
    ['roles.writer.onMessage.stored', '5 stored'],
    ['roles.replica.onStart', '8 replica'],
    ['specification.safe', '8 specification'],
  ])('%s is found where its name is declared: %j', (path, expected) => {
    const text = `type Message = { type: 'a' };
const handlers = { init: () => ({}), onTick() {} };
export const reader = (quorum: number): Handlers<Nodes, { a: 1 }> => ({ onStart: look });
const writer: Handlers<{ stored: Set<string> }> = {
  onMessage: { stored(state) {} },
};
export const register = defineScenario({
  handlers, roles: { reader: reader(1), writer, replica: other.replica }, specification: { ...specified },
});
`;
    const { start, end } = fieldSpan({ name: 'x.ts', text }, 7, path.split('.'))!;
    expect(`${text.slice(0, start).split('\n').length} ${text.slice(start, end)}`).toBe(expected);
  });

  it('is not known where there is no object', () => {
    expect(fieldSpan({ name: 'x.ts', text: 'const x = 1;\n' }, 1, ['x'])).toBeUndefined();
    expect(fieldSpan({ name: 'x.ts', text: '' }, 5, ['x'])).toBeUndefined();
    expect(fieldSpan({ name: 'x.ts', text: 'f({ a: {' }, 1, ['b'])).toBeUndefined();
  });
});

describe('the rest of a line', () => {
  it.each([
    [1, 'a = b;'],
    [3, 'a = b;'],
    [7, 'b;'],
    [99, ''],
  ])('from column %i on', (column, expected) => {
    const text = 'x\n  a = b;  \ny';
    const { start, end } = restOfLine({ name: 'x', text }, 2, column);
    expect(text.slice(start, end)).toBe(expected);
  });
});
