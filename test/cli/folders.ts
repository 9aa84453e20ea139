/** Commands in folders of a test's own, in which modules can be loaded. */
import { newFolder } from '../folders.js';
import { ldfi, type Surroundings, type Told } from './harness.js';

/** Runs a command in a folder with these files. Words are separated by blanks. */
export async function told(
  line: string,
  files: Readonly<Record<string, string>>,
  surroundings: Omit<Surroundings, 'files' | 'folder'> = {},
): Promise<Told> {
  return ldfi(line.split(' ').filter(Boolean), { folder: newFolder(files), ...surroundings });
}

/** A scenario in which one node greets another. */
export interface Greeting {
  readonly name?: string;
  readonly bounds?: string;
  readonly expect?: string;
  /** Whether the greeting is repeated, so that no loss before EFF matters. */
  readonly repeated?: boolean;
}

/** The text of `defineScenario(...)`. */
export function greeting({
  name = 'greeting',
  bounds = '4/2/0',
  expect,
  repeated = false,
}: Greeting = {}): string {
  const [eot, eff, crashes] = bounds.split('/');
  const greet = `(_, { self, send }) => { if (self === 'a') send('b', { type: 'hello' }); }`;
  return `defineScenario({
  name: ${JSON.stringify(name)},
  nodes: ['a', 'b'],
  bounds: { eot: ${eot}, eff: ${eff}, crashes: ${crashes} },${expect === undefined ? '' : `\n  expect: '${expect}',`}
  handlers: {
    messages: type<{ type: 'hello' }>(),
    init: () => ({ greeted: false }),
    onStart: ${greet},${repeated ? `\n    onTick: ${greet},` : ''}
    onMessage: { hello: () => ({ greeted: true }) },
    observe: ({ greeted }) => greeted,
  },
  specification: {
    greeted: { pre: () => true, post: ({ at }) => at('b').observed || 'b was not greeted' },
  },
})`;
}

export const IMPORTS = `import { defineScenario, type } from 'ldfi';\n\n`;

/** Its first scenario is violated, its second one certified. */
export const TWO = `${IMPORTS}export const once = ${greeting({ name: 'once', expect: 'violated' })};

export const again = ${greeting({ name: 'again (and again)', expect: 'certified', repeated: true })};
`;

export const ONE = `${IMPORTS}export default ${greeting()};\n`;
