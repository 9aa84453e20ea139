/** Which verdicts have certificates, and what these look like. */
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../src/model/diagnostics/format-diagnostic.js';
import type { Context, HandlerProtocol, MessageLike } from '../../../src/model/handlers/protocol.js';
import type { CertificateDocument } from '../../../src/runner/certificate/document.js';
import { CERTIFICATE_FILES, DOCUMENT_FILE, PROOF_FILE } from '../../../src/runner/certificate/files.js';
import { replayProtocol } from '../../../src/runner/replay.js';
import { expectGolden } from '../../golden.js';
import { IDLE } from '../../cli/harness.js';
import {
  bounds,
  certificateOf,
  certificationOf,
  complaints,
  CURT,
  greetings,
  GREETINGS,
  nodes,
  rules,
  verify,
} from './certificates.js';
import { isViolated } from '../../../src/injector/run.js';

function greet(_: unknown, { self, send }: Context<string, MessageLike>): void {
  if (self === 'a') send('b', { type: 'hello' });
}

/** `a` greets `b` at every time. */
const handlers: HandlerProtocol = {
  kind: 'handlers',
  handlers: {
    messages: {},
    init: () => ({ heard: false }),
    onStart: greet,
    onTick: greet,
    onMessage: { hello: () => ({ heard: true }) },
    observe: (state) => (state as { heard: boolean }).heard,
  },
  specification: {
    greeted: {
      pre: () => true,
      post: ({ at }) => at('a').crashed || at('b').crashed || at('b').observed === true,
    },
  },
};
const greeting = { file: 'greeting.ts', name: 'greeting', protocol: handlers, text: 'export default ...' };

describe('a certificate', () => {
  it('is valid of what it was made of, whatever decided', async () => {
    for (const solver of ['cadical', 'minisat'] as const)
      for (const diagramNodes of [0, 1_000_000])
        for (const proof of [false, true]) {
          const options = { solver, budgets: { diagramNodes }, proof };
          const { files } = await certificateOf(greetings, options);
          expect(await verify(files)).toEqual({
            kind: 'valid',
            solver: solver === 'cadical' ? 'minisat' : 'cadical',
            runs: expect.closeTo(180, -2) as number,
            asking: expect.closeTo(180, -2) as number,
            proofSteps: proof ? files.get(PROOF_FILE)!.split('\n').length - 1 : undefined,
          });
        }
  });

  const again =
    'peer("a", "b")@1; peer(N, M)@next :- peer(N, M); pre(N) :- peer(N, M)@1; post(N) :- peer(N, M)@1;';
  const greeted = `${again.replace('post(N) :- peer(N, M)@1;', 'post(N) :- peer(N, M), met(M);')}
    met(M)@async :- peer(N, M); met(M)@next :- met(M);`;

  it.each([
    ['delays', { delays: 1, longestDelay: 1 }, greeted, 'late'],
    ['duplicates', { duplicates: 1, longestDelay: 1 }, greeted, 'again'],
    ['restarts', { restarts: 1 }, again, 'out'],
    ['partitions', { partitions: 1 }, greeted, 'cut'],
  ])('within %s is valid, and names what its variables are', async (_, more, text, kind) => {
    const scenario = { file: 'p.ded', name: null, protocol: rules(text), text: undefined };
    const within = { eot: 6, eff: 3, crashes: 0, ...more };
    const { files } = await certificateOf(scenario, { nodes: ['a', 'b'], bounds: within });
    expect(await verify(files, scenario)).toMatchObject({ kind: 'valid' });
    const { variables } = JSON.parse(files.get(DOCUMENT_FILE)!) as CertificateDocument;
    expect(variables.map((each) => each.kind)).toContain(kind);
  });

  it('of handlers speaks of the text that they stand in', async () => {
    const { files } = await certificateOf(greeting, { proof: true });
    expect(await verify(files, greeting)).toMatchObject({ kind: 'valid' });
    expect(await complaints(files, { ...greeting, text: 'export default {}' })).toEqual(['RUN406']);
    expect(await complaints(files, greetings)).toEqual(['RUN406']);
  });

  it('does not change with comments and layout', async () => {
    const { files } = await certificateOf(greetings);
    const text = GREETINGS.replaceAll(', ', ',\n  ').replaceAll(':-', ':- // if\n');
    expect(await complaints(files, { protocol: rules(text), text: undefined })).toEqual([]);
    const other = GREETINGS.replace('greeted("a", "a")@1', 'greeted("b", "b")@1');
    expect(await complaints(files, { protocol: rules(other), text: undefined })).toContain('RUN406');
  });

  it('is the same for the same check, under a name of its own', async () => {
    const [one, again] = [await certificateOf(greetings), await certificateOf(greetings)];
    expect(again).toEqual(one);
    const others = [
      await certificateOf({ ...greetings, file: 'other/greetings.ded' }),
      await certificateOf(greetings, { nodes: ['c', 'b', 'a'] }),
      await certificateOf(greetings, { bounds: { ...bounds, eff: 2 } }),
    ];
    expect(new Set([one, ...others].map(({ folder }) => folder)).size).toBe(4);
    expect(one.folder).toMatch(/^greetings-5-3-1-[0-9a-f]{8}$/);
  });

  it.each([
    '../../etc/passwd',
    '..',
    '.',
    '/',
    'a\u0000b',
    'CON',
    'ä'.repeat(300),
    '',
    '-rf',
    'x'.repeat(300),
  ])('has a name that is that of a folder: %j', async (name) => {
    const { folder } = await certificateOf({ ...greetings, name });
    expect(folder).toMatch(/^[A-Za-z0-9_][\w.-]{0,90}$/);
  });

  it('is written like this', async () => {
    const { files } = await certificateOf(greetings, {
      bounds: { eot: 4, eff: 2, crashes: 1 },
      proof: true,
    });
    const shown = CERTIFICATE_FILES.map((file) => `${file}\n${'-'.repeat(file.length)}\n${files.get(file)!}`);
    await expectGolden(shown.join('\n'), 'certificates/a-certificate');
  });
});

describe('there is no certificate', () => {
  it.each([
    ['of a violation', CURT, {}, 'the verdict is violated'],
    ['where nothing is asked for', IDLE, {}, 'the verdict is vacuous'],
    ['of a search that ended early', GREETINGS, { strategy: 'random' }, 'the verdict is inconclusive'],
    [
      'of a search by runs',
      GREETINGS,
      { strategy: 'exhaustive', bounds: { eot: 4, eff: 2, crashes: 1 } },
      'the verdict is by exhaustive, which leaves no formula to be solved again',
    ],
    [
      'where the search fell back on runs',
      GREETINGS,
      { budgets: { circuitNodes: 50 } },
      'the verdict is by alternating, which leaves no formula to be solved again',
    ],
  ] as const)('%s', async (_, text, options, reason) => {
    const certification = await certificationOf({ ...greetings, protocol: rules(text) }, options);
    expect(certification).toEqual({ kind: 'none', reason });
  });

  it('of handlers whose text is not known', async () => {
    const certification = await certificationOf({ ...greeting, text: undefined });
    expect(certification).toEqual({ kind: 'none', reason: 'the text of its file is not known' });
  });
});

describe('verification', () => {
  it('refutes a certificate of a protocol that has come to violate, and says under which faults', async () => {
    const { files } = await certificateOf(greetings);
    const verification = await verify(files, { protocol: rules(CURT), text: undefined });
    expect(verification.kind).toBe('refuted');
    if (verification.kind !== 'refuted') return;
    const { run } = replayProtocol(rules(CURT), { nodes, bounds }, verification.faults);
    expect(isViolated(run)).toBe(true);
    expect(verification.problems.map(({ code }) => code)).toEqual(['RUN406']);
  });

  it('says how many runs it looked at, and draws them by a seed', async () => {
    const wide = { bounds: { eot: 9, eff: 7, crashes: 1 } };
    const { files } = await certificateOf(greetings, wide);
    const verification = await verify(files);
    expect(verification).toMatchObject({ kind: 'valid' });
    expect(verification.kind === 'valid' && verification.runs).toBeLessThanOrEqual(200);
    expect(await verify(files)).toEqual(verification);
  });

  it('tells of nodes that the protocol does not have', async () => {
    const { files } = await certificateOf(greetings);
    const other = rules(GREETINGS.replaceAll('"b"', '"z"'));
    const verification = await verify(files, { protocol: other, text: undefined });
    expect(verification.kind).toBe('invalid');
    const told =
      verification.kind === 'invalid' ? verification.problems.map((each) => formatDiagnostic(each)) : [];
    expect(told.join('\n')).toContain('"z"');
    expect(nodes).not.toContain('z');
  });
});
