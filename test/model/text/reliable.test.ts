/** Who is reliable, as it is written: names and links, with roles in the place of nodes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatLink,
  formatReliable,
  ofNodes,
  readLink,
  readReliable,
  reliableInBoth,
  tidy,
} from '../../../src/model/text/reliable.js';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'node-1', 'a->b', 'x y', '"', ','),
  fc.string({ minLength: 1 }),
);
const link = fc.record({ from: name, to: name });
const reliable = fc.record(
  { nodes: fc.array(name), links: fc.array(link.map(formatLink)) },
  { requiredKeys: [] },
);

describe('what is reliable', () => {
  it('is read as it is written, whatever the names are', () => {
    fc.assert(
      fc.property(link, reliable, (one, some) => {
        expect(readLink(formatLink(one))).toEqual(one);
        const { nodes = [], links = [] } = tidy(some) ?? {};
        const read = readReliable(formatReliable(some));
        expect({ nodes: [], links: [], ...read }).toEqual({ nodes, links });
      }),
    );
  });

  it.each(['a,', ',', 'a->', '->a', 'a->b->c', 'a b', '"a'])('is not %j', (text) => {
    expect(readReliable(text)).toBeUndefined();
  });

  it('may have blanks around commas and arrows, and names in quotes', () => {
    expect(readReliable(' db , a -> "x y" ')).toEqual({ nodes: ['db'], links: ['a -> "x y"'] });
    expect(formatReliable({ nodes: ['db', 'db'], links: ['a -> "x y"', 'a->"x y"'] })).toBe('db,a->"x y"');
  });

  it('in both of two is what either names', () => {
    const [a, b] = [
      { nodes: ['a', 'b'], links: ['a->b'] },
      { nodes: ['b', 'c'], links: ['a -> b', 'b->a'] },
    ];
    expect(reliableInBoth(a, b)).toEqual({ nodes: ['b'], links: ['a->b'] });
    expect(reliableInBoth(a, {})).toEqual({ nodes: [], links: [] });
  });

  it('of a role is all of its nodes, but what a node sends to itself', () => {
    const roles = { server: ['p', 'q'], client: ['x'], p: ['p', 'y'] };
    const named = { nodes: ['server', 'x', 'z'], links: ['client->server', 'server->server', 'x->p'] };
    expect(ofNodes(named, roles)).toEqual({
      nodes: ['p', 'q', 'x', 'z'],
      links: ['x->p', 'x->q', 'p->q', 'q->p', 'x->p'],
    });
  });
});
