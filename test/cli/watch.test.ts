import { describe, expect, it } from 'vitest';
import { expectGolden } from '../golden.js';
import { ldfi } from './harness.js';

const KAFKA = ['scenarios/dedalus/kafka.ded', '--eot', '6', '--inject', 'drop b->Z@1; crash a@5'];
const BIT = [
  'scenarios/handlers/alternating-bit.ts',
  '-g',
  '^alternating bit over a channel that reorders$',
  '--inject',
  'delay s->r@1+5',
];
const QUORUM = ['scenarios/handlers/quorum-register.ts', '-g', '^quorum register without read repair$'];

describe('ldfi replay --watch', () => {
  it.each([
    ['a relation', [...KAFKA, '--watch', 'log']],
    ['a relation at a node, and another', [...KAFKA, '--watch', 'a.in_sync,acked']],
    ['what changes at a node', [...QUORUM, '--watch', 'W']],
    ['a timer', [...BIT, '--watch', 'patience']],
    ['fields', [...QUORUM, '--inject', 'drop W->a@1', '--watch', 'a.version,b.version']],
  ])('shows %s beside the picture', async (name, words) => {
    const { out, err } = await ldfi(['replay', ...words]);
    expect(err).toBe('');
    for (const line of out.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
    await expectGolden(`$ ldfi replay ${words.join(' ')}\n${out}`, `cli/watch ${name}`);
  });

  it('says what there is no room for', async () => {
    const { out } = await ldfi(['replay', ...KAFKA, '--watch', 'follower,zookeeper,was_in_sync']);
    expect(out).toContain('no room for');
  });

  it('refuses what there is not', async () => {
    const { err, code } = await ldfi(['replay', ...KAFKA, '--watch', 'a.lag,log']);
    expect(code).toBe(2);
    expect(err).toContain('nothing of this run is called "a.lag"');
  });
});
