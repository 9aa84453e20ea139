/** `ldfi explain`, as it is typed. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { told } from './folders.js';
import { ldfi } from './harness.js';

const files = {
  'retry.ded': `// ldfi: nodes a, b, c
// ldfi: bounds 4/2/1
sends("a", "b", "x")@1;
sends("a", "c", "x")@1;
sends(N, M, X)@next :- sends(N, M, X);
log(M, X)@async :- sends(N, M, X);
log(M, X)@next :- log(M, X);
missing(X) :- log(_, X), sends("a", M, X)@1, notin log(M, X);
pre(X) :- log(_, X);
post(X) :- pre(X), notin missing(X);
`,
};

const FAULTS = 'drop a->b@1; crash a@2';

const explain = (...words: string[]) => ldfi(['explain', 'retry.ded', ...words], { files });

describe('ldfi explain', () => {
  it('says why a fact is there, and what lasts once', async () => {
    const { out, code } = await explain('why', 'log(c, x)', 'at', '4');
    expect(out).toBe(`WHY  log(c, x) at 4
  in a run of retry.ded
  within 4/2/1: times 1 to 4, omissions before time 2, at most 1 crash
  without faults

log("c", "x")@2–4
└ log("c", "x") a->c@1 arrives at 2
  └ log(M, X)@async :- sends(N, M, X); (retry.ded:6)
    └ sends("a", "c", "x")@1 (retry.ded:4)
`);
    expect(code).toBe(0);
  });

  it('says why one is not, down to the faults', async () => {
    const { out, code } = await explain('why-not', 'log(b, x)', 'under', FAULTS);
    expect(out).toBe(`WHY-NOT  log(b, x)
  in a run of retry.ded
  within 4/2/1: times 1 to 4, omissions before time 2, at most 1 crash
  everything a sends to b at time 1 is lost
  a crashes at time 2

no log("b", "x")@1–4
└ log(M, X)@async :- sends(N, M, X); at 1–3 (retry.ded:6)
  ├ what a sends at 2–3 does not arrive
  │ └ crash a@2
  └ what a sends at 1 does not arrive
    └ drop a->b@1
`);
    expect(code).toBe(0);
  });

  it('says why the outcome is not good, through what stood in the way', async () => {
    const { out } = await explain('why-not', '--inject', FAULTS);
    expect(out.slice(out.indexOf('\n\n') + 2)).toBe(`no post("x")@4
└ post(X) :- pre(X), notin missing(X); at 4 (retry.ded:10)
  └ fails at notin missing(X)
    └ missing("x")@4
      └ missing(X) :- log(_, X), sends("a", M, X)@1, notin log(M, X);
        │ (retry.ded:8)
        ├ sends("a", "b", "x")@1 (retry.ded:3)
        ├ no log("b", "x")@1–4
        │ └ log(M, X)@async :- sends(N, M, X); at 1–3 (retry.ded:6)
        │   ├ what a sends at 2–3 does not arrive
        │   │ └ crash a@2
        │   └ what a sends at 1 does not arrive
        │     └ drop a->b@1
        └ log("c", "x")@2–4
          └ log("c", "x") a->c@1 arrives at 2
            └ log(M, X)@async :- sends(N, M, X); (retry.ded:6)
              └ sends("a", "c", "x")@1 (retry.ded:4)
`);
  });

  it('tells as many steps as are asked for', async () => {
    const { out } = await explain('why', 'log(c, x)', '--depth', '1');
    expect(out.slice(out.indexOf('\n\n') + 2)).toBe(`log("c", "x")@2
└ log("c", "x") a->c@1 arrives at 2 …
`);
  });

  it('draws what it says', async () => {
    const words = ['why-not', 'log(b, x)', '--inject', FAULTS, '--as'];
    const [dot, mermaid, svg] = await Promise.all(
      ['dot', 'mermaid', 'svg'].map(async (form) => (await explain(...words, form)).out),
    );
    expect(dot).toBe(`digraph explanation {
  rankdir=BT;
  node [fontname="sans-serif", fontsize=11];
  n0 [label="no log(\\"b\\", \\"x\\")@1–4", shape=box, style="rounded,dashed", color="#b3261e"];
  n1 [label="log(M, X)@async :- sends(N, M, X);\\nat 1–3\\nretry.ded:6", shape=plaintext, fontcolor="#5f6368"];
  n2 [label="what a sends at 2–3 does not arrive", shape=box, style="rounded,dashed", color="#b3261e"];
  n3 [label="crash a@2", shape=octagon, color="#b3261e", fontcolor="#b3261e"];
  n4 [label="what a sends at 1 does not arrive", shape=box, style="rounded,dashed", color="#b3261e"];
  n5 [label="drop a->b@1", shape=octagon, color="#b3261e", fontcolor="#b3261e"];
  n3 -> n2;
  n2 -> n1;
  n5 -> n4;
  n4 -> n1;
  n1 -> n0;
}
`);
    expect(mermaid).toContain('  n5{{"drop a-#62;b@1"}}:::fault\n');
    expect(mermaid).toContain('  n5 --> n4\n');
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"[^]*drop a-(?:>|&#x3E;)b@1[^]*<\/svg>\n$/);
  });

  it('prints a document that its schema describes', async () => {
    const schema = JSON.parse((await ldfi(['schema', 'explain'])).out) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const words of [['why'], ['why-not', '--inject', FAULTS], ['why', 'nothing']]) {
      const document = JSON.parse((await explain(...words, '--json')).out) as object;
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate({ version: 2 })).toBe(false);
    const { out, code } = await explain('why', '--as', 'dot', '--json');
    expect(out).toContain('--as and --json are two forms');
    expect(code).toBe(2);
  });

  it.each([
    [
      ['why', 'log(b, x)', 'at', '1'],
      'error RUN132: `log(b, x)` is not so in this run at time 1',
      'it first is at 2',
    ],
    [['why', 'log(b, y)'], 'error RUN132: `log(b, y)` is not so in this run', '`why-not` tells why'],
    [['why-not', 'log(b, x)'], 'error RUN132: `log(b, x)` is so at time 4', '`why` tells why'],
    [['why-not'], 'error RUN132: the outcome is good in this run', '`why` tells why'],
    [['why', 'lag(b, x)'], 'error RUN131: there is no relation `lag`', 'did you mean `log`?'],
    [['why', 'under', 'drop a->b@7'], 'error RUN10', 'time'],
    [
      ['why', 'under', FAULTS, '--inject', FAULTS],
      'error RUN101: faults are given by `under` and by --inject',
      'one',
    ],
    [['why', '--as', 'png'], 'error RUN101: --as cannot be `png`', 'one of text, dot, mermaid, svg'],
    [['why', '--depth', '0'], 'error RUN101: --depth cannot be `0`', '1'],
  ])('cannot answer %j', async (words, complaint, help) => {
    const { err, code } = await explain(...words);
    expect(err).toContain(complaint);
    expect(err).toContain(help);
    expect(code).toBe(2);
  });

  it('says once why a node has a state, though what is late might still arrive', async () => {
    const file = `import { defineScenario } from 'ldfi';
export default defineScenario({
  name: 'twice',
  nodes: ['a', 'b'],
  bounds: { eot: 5, eff: 4, crashes: 0, delays: 1 },
  handlers: {
    init: () => ({ n: 0 }),
    onTick: (_, { self, time, send }) => {
      if (self === 'a' && time < 4) send('b', { type: 'inc' });
    },
    onMessage: { inc: ({ n }) => ({ n: n + 1 }) },
    observe: ({ n }) => n,
  },
  specification: { counted: { pre: () => true, post: ({ at }) => at('b').observed === 2 } },
});
`;
    const { out, err } = await told('explain twice.ts why b.n=2', { 'twice.ts': file });
    expect(err).toBe('');
    expect(out.split('\n').filter((line) => line.startsWith('b'))).toEqual(['b: n: 1 → 2 from time 4']);
  });

  it('says what clients recorded', async () => {
    const file = `import { defineScenario, models, type } from 'ldfi';
export default defineScenario({
  name: 'echo',
  nodes: ['client', 'server'],
  bounds: { eot: 4, eff: 2, crashes: 0 },
  handlers: {
    messages: type<{ readonly type: 'read' } | { readonly type: 'value'; readonly value: number }>(),
    init: () => ({ reads: 0 }),
    onStart(_, { self, invoke, send }) {
      if (self !== 'client') return;
      invoke({ type: 'read' });
      send('server', { type: 'read' });
    },
    onMessage: {
      read(state, _, { from, send }) {
        state.reads++;
        send(from, { type: 'value', value: 7 });
      },
      value(_, { value }, { complete }) {
        complete(value);
      },
    },
    observe: () => null,
  },
  specification: { 'one register': { linearizable: models.register(0) } },
});
`;
    const { out, err } = await told('explain echo.ts', { 'echo.ts': file });
    expect(err).toBe('');
    expect(out.slice(out.indexOf('\n\n') + 2)).toBe(`client is given 7 at time 3
└ onMessage.value of client at 3 (echo.ts:19)
  ├ client begins read at time 1
  │ └ onStart of client at 1 (echo.ts:9)
  │   └ client begins with {reads: 0}
  └ value {value: 7} server->client@2 arrives at 3
    └ onMessage.read of server at 2 (echo.ts:15)
      ├ server begins with {reads: 0}
      └ read client->server@1 arrives at 2
        └ onStart of client at 1 (echo.ts:9) (told above)
`);
  });
});
