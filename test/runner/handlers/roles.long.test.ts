/** Scenarios whose nodes have roles: what is wrong with them is told by its place, and every strategy runs them alike. */
import { describe, expect, it } from 'vitest';
import { told } from '../../cli/folders.js';
import { newFolder } from '../../folders.js';
import { ldfi } from '../../cli/harness.js';

const RIGHT = `import { defineScenario, type } from 'ldfi';

export default defineScenario({
  name: 'asking',
  nodes: { client: ['x', 'y'], server: ['s'] },
  bounds: { eot: 5, eff: 2, crashes: 1, restarts: 1 },
  messages: type<{ type: 'ask' } | { type: 'answer'; role: string }>(),
  roles: {
    client: {
      init: () => ({ answered: '' }),
      onTick: (state, { send, nodesOf }) => { for (const server of nodesOf('server')) send(server, { type: 'ask' }); },
      onMessage: { answer: (state, { role }) => ({ answered: role }) },
      observe: ({ answered }, { self }) => self + answered,
    },
    server: {
      init: () => ({ asked: 0 }),
      keep: ({ asked }) => asked,
      restore: (asked: number) => ({ asked }),
      onMessage: { ask(state, _, { from, role, send }) { state.asked = 1; send(from, { type: 'answer', role }); } },
      observe: ({ asked }) => asked,
    },
  },
  specification: {
    answered: {
      pre: ({ at }) => at('s').observed === 1 && !at('s').crashed,
      post: ({ nodesOf }) => nodesOf('client').some(({ node, observed }) => observed === node + 'server'),
    },
  },
});
`;

/** Replaces a part of a scenario that is right, and tells what is then said. */
const mistakes: readonly (readonly [right: string, wrong: string, ...says: readonly string[]])[] = [
  [
    "nodes: { client: ['x', 'y'], server: ['s'] }",
    "nodes: ['x', 'y', 's']",
    'x.ts:5:3: error RUN203: `nodes` of scenario asking is an array',
    'an object with a list of nodes for each role',
  ],
  ["server: ['s']", "server: 's'", 'x.ts:5:32: error RUN203: `nodes.server` of scenario asking is "s"'],
  ["server: ['s']", "sever: ['s']", 'x.ts:5:32: error RUN204', 'did you mean `server`?'],
  ["server: ['s']", "server: ['x']", 'x.ts:5:3: error RUN203: `nodes` of scenario asking names "x" twice'],
  [
    'onMessage: { ask(',
    'onMessage: { asks(',
    'error RUN305',
    'of server, the role of its destination, receives',
  ],
  [
    '      onMessage: { answer: (state, { role }) => ({ answered: role }) },\n',
    '',
    'error RUN305',
    'of client, the role of its destination, receives',
  ],
  ['      observe: ({ asked }) => asked,\n', '', 'x.ts:15:5: error RUN203: `roles.server.observe`'],
  ["nodesOf('server')", "nodesOf('servers')", 'error RUN301', 'there is no role "servers"'],
  ['  roles: {', '  handlers: {},\n  roles: {', 'handlers or roles, not both'],
  ['      keep: ({ asked }) => asked,\n', '', '`roles.server.keep` of scenario asking is missing'],
  [
    '      onTick: (',
    "      tickAtStart: 'yes',\n      onTick: (",
    'x.ts:11:7: error RUN203: `roles.client.tickAtStart` of scenario asking is "yes"',
    'true or false',
  ],
];

describe('a scenario with roles', () => {
  it.each(mistakes)('is refused where %s is %s', async (right, wrong, ...says) => {
    const text = RIGHT.replace(right, wrong);
    expect(text).not.toBe(RIGHT);
    const { code, err } = await told('check x.ts', { 'x.ts': text });
    expect(code, err).toBe(2);
    for (const part of says) expect(err).toContain(part);
  });

  it('takes other nodes only where they have a role', async () => {
    const { code, err } = await told('check x.ts --nodes x,s,z', { 'x.ts': RIGHT });
    expect(code).toBe(2);
    expect(err).toContain('x.ts:5:3: error RUN218: "z" has no role');
    expect((await told('check x.ts --nodes x,s', { 'x.ts': RIGHT })).code).not.toBe(2);
  });

  it('need say nothing of messages where none is sent to a role', async () => {
    const text = RIGHT.replace("server: ['s'] }", "server: ['s'], bystander: ['b'] }").replace(
      '    server: {',
      '    bystander: { init: () => 0, onTick: (ticks: number) => Math.min(ticks + 1, 2), observe: (ticks) => ticks },\n    server: {',
    );
    const without = await told('check x.ts --quiet', { 'x.ts': RIGHT });
    const { out, err } = await told('check x.ts --quiet', { 'x.ts': text });
    expect({ out, err }).toEqual({ out: without.out, err: '' });
  });

  it.each(['compiled', 'alternating', 'exhaustive'])('has one counterexample by %s', async (strategy) => {
    const folder = newFolder({ 'x.ts': RIGHT });
    const { code, out } = await ldfi(['check', 'x.ts', '--strategy', strategy, '--quiet'], { folder });
    expect(code, out).toBe(1);
    expect(out).toContain('restart s@3..5');
  });
});
