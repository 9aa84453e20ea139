/** Drafts are to whoever uses them what the state would be, and leave that as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareElements, containerKind } from '../../../src/model/handlers/containers.js';
import { Drafts } from '../../../src/model/handlers/drafts/drafts.js';
import { ValueOfState } from '../../../src/model/handlers/drafts/value.js';
import { withoutDrafts } from '../../../src/model/handlers/drafts/without.js';
import { PlainData } from '../../../src/model/handlers/plain.js';
import { every, some } from '../../../src/model/quantifiers.js';
import { count } from '../../../src/model/rules/typescript/aggregates.js';
import { shallow } from '../../generators/handlers/copies.js';

const scalar = fc.oneof(fc.constantFrom(null, undefined, true, 0, 1, 2), fc.constantFrom('', 'a', 'b', '1'));
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', '1', 'size'), tie('data'), { maxKeys: 4, noNullPrototype: true }),
    fc.uniqueArray(scalar, { maxLength: 4 }).map((elements) => new Set(elements)),
    fc.array(fc.tuple(scalar, tie('data')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));

/** Something that a handler may do to a container, and what it sees by it. */
interface Deed {
  /** Which of the containers in the state, round and round. */
  readonly at: number;
  readonly what: number;
  readonly key: unknown;
  readonly value: unknown;
}

const deed: fc.Arbitrary<Deed> = fc.record({ at: fc.nat(20), what: fc.nat(20), key: scalar, value: data });

type Doing = (container: never, deed: Deed) => unknown;

const copied = (value: unknown): unknown => withoutDrafts(value);

/** What is counted of the elements, and of what they are under. */
const counted: Doing = (elements: object, { key }) => [
  count(elements, (element) => element === key),
  count(elements, (_, under) => String(under) < String(key)),
  some(elements, (element) => element === key),
  every(elements, (element, under) => typeof element === typeof under),
];

const onObjects: readonly Doing[] = [
  counted,
  (object: Record<string, unknown>, { key, value }) => (object[String(key)] = copied(value)) === undefined,
  (object: object, { key }) => Reflect.deleteProperty(object, String(key)),
  (object: object) => Object.keys(object),
  (object: object) => copied({ ...object }),
  (object: object, { key }) => String(key) in object,
  (object: object, { key }) => Object.hasOwn(object, String(key)),
  (object: object, { value }) => Object.assign(object, { b: copied(value) }) === object,
  (object: Record<string, unknown>, { key, value }) => {
    const copy = Object.assign(shallow(object), { [String(key)]: copied(value) });
    return [copied(copy), (object.b = copy) === copy];
  },
  (object: object) => Object.isFrozen(Object.freeze(shallow(object))),
];

const onArrays: readonly Doing[] = [
  counted,
  (list: unknown[], { value }) => {
    const copy = shallow(list);
    copy.push(copied(value));
    list.push(copy);
    return [copied(copy), copied(copy.slice(0, 2)), copy.length];
  },
  (list: unknown[]) => copied(shallow(list).reverse()),
  (list: unknown[], { value }) => list.push(copied(value)),
  (list: unknown[], { value }) => list.unshift(copied(value)),
  (list: unknown[]) => copied(list.pop()),
  (list: unknown[]) => copied(list.shift()),
  (list: unknown[], { what, value }) => copied(list.splice(what % 3, 1, copied(value), 7)),
  (list: unknown[]) => copied(list.reverse()),
  (list: unknown[]) =>
    copied(list.sort((a, b) => ((JSON.stringify(a) ?? '') < (JSON.stringify(b) ?? '') ? -1 : 1))),
  (list: unknown[], { what }) => (list.length = Math.min(what % 4, list.length)),
  (list: unknown[], { key }) => [
    list.includes(key),
    list.indexOf(key),
    list.at(-1) === list[list.length - 1],
  ],
  (list: unknown[]) => copied(list.map((item) => item)),
  (list: unknown[], { what, value }) => {
    if (list.length > 0) list[what % list.length] = copied(value);
    return copied([...list].concat(list));
  },
];

const onSets: readonly Doing[] = [
  counted,
  (set: Set<unknown>, { key }) => {
    const copy = shallow(set).add(key);
    set.clear();
    return [copied(copy), copy.size, counted(shallow(copy) as never, { at: 0, what: 0, key, value: 0 })];
  },
  (set: Set<unknown>, { key }) => set.add(key) === set,
  (set: Set<unknown>, { key }) => set.delete(key),
  (set: Set<unknown>) => {
    set.clear();
  },
  (set: Set<unknown>, { key }) => [set.has(key), set.size, set.has({})],
  (set: Set<unknown>) => [...set.entries()].length,
];

const onMaps: readonly Doing[] = [
  counted,
  (map: Map<unknown, unknown>, { key, value }) => {
    const copy = shallow(map).set(key, copied(value));
    map.delete(key);
    copy.set('copy', map.get('copy') ?? shallow(copy));
    return [copied(copy), copy.size];
  },
  (map: Map<unknown, unknown>, { key, value }) => map.set(key, copied(value)) === map,
  (map: Map<unknown, unknown>, { key }) => map.delete(key),
  (map: Map<unknown, unknown>) => {
    map.clear();
  },
  (map: Map<unknown, unknown>, { key }) => [map.has(key), map.size, copied(map.get(key))],
];

/** Itself, and all that are within it: of a map, in the order of the keys. */
function containersIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...partsOf(value).flatMap(containersIn)];
}

function partsOf(container: object): readonly unknown[] {
  if (containerKind(container) !== 'map') return Object.values(container);
  const map = container as Map<unknown, unknown>;
  return [...map.keys()].sort(compareElements).map((key) => map.get(key));
}

/** What one sees by it. */
function perform(state: unknown, deed: Deed): unknown {
  const containers = containersIn(state);
  if (containers.length === 0) return undefined;
  const container = containers[deed.at % containers.length];
  const doings = { object: onObjects, array: onArrays, set: onSets, map: onMaps }[containerKind(container)];
  return doings[deed.what % doings.length](container as never, deed);
}

function draftsOf(state: unknown): Drafts {
  return new Drafts(new ValueOfState(state));
}

describe('a draft', () => {
  it('does what the state itself would do, to the end and at every step', () => {
    fc.assert(
      fc.property(data, fc.array(deed, { maxLength: 8 }), (value, deeds) => {
        const plain = new PlainData();
        const before = plain.canonical(value);
        const drafts = draftsOf(before.value);
        const draft = drafts.state();
        // A copy that is in order, as drafts always are.
        const real = copied(before.value);
        for (const one of deeds) {
          const seen = [perform(draft, one), perform(real, one)].map(
            (all) => plain.canonical(all, drafts).text,
          );
          expect(seen[0]).toBe(seen[1]);
        }
        expect(plain.canonical(draft, drafts).text).toBe(plain.canonical(real).text);
        expect(new PlainData().canonical(before.value).text).toBe(before.text);
      }),
      { numRuns: 500 },
    );
  });

  it('is the state as it was, where nothing was changed', () => {
    fc.assert(
      fc.property(data, (value) => {
        const plain = new PlainData();
        const before = plain.canonical(value);
        const drafts = draftsOf(before.value);
        containersIn(drafts.state());
        expect(plain.canonical(drafts.state(), drafts).value).toBe(before.value);
        expect(drafts.changed).toBe(false);
      }),
    );
  });

  it('goes through sets and maps in order', () => {
    const plain = new PlainData();
    const state = plain.canonical({ votes: new Set(['c']), terms: new Map([['c', 1]]) }).value;
    const { votes, terms } = draftsOf(state).state() as {
      votes: Set<string>;
      terms: Map<string, number>;
    };
    votes.add('b').add('a');
    terms.set('a', 2);
    expect([...votes]).toEqual(['a', 'b', 'c']);
    expect([...votes.entries()][2]).toEqual(['c', 'c']);
    expect([...terms]).toEqual([
      ['a', 2],
      ['c', 1],
    ]);
  });

  it('lets elements be added and taken away by who goes through them', () => {
    const what = fc.constantFrom('add' as const, 'take' as const, 'take and add' as const, 'clear' as const);
    const changes = fc.array(fc.record({ what, key: fc.integer({ min: 0, max: 9 }) }), { maxLength: 12 });
    const change = (
      all: Pick<Set<number>, 'delete' | 'clear'>,
      { what: how, key }: { readonly what: string; readonly key: number },
      add: (key: number) => void,
    ) => {
      if (how.startsWith('take')) all.delete(key);
      if (how === 'clear') all.clear();
      if (how.endsWith('add')) add(key);
    };
    const ways: readonly ((all: Map<number, string>, visit: (key: number, value: string) => void) => void)[] =
      [
        (all, visit) => {
          for (const [key, value] of all) visit(key, value);
        },
        (all, visit) => {
          all.forEach((value, key) => {
            visit(key, value);
          });
        },
        (all, visit) => {
          for (const key of all.keys()) visit(key, all.get(key)!);
        },
      ];
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 9 })), changes, fc.nat(2), (keys, todo, way) => {
        const go = (all: Map<number, string>): readonly string[] => {
          const seen: string[] = [];
          ways[way](all, (key, value) => {
            seen.push(`${key} ${value}`);
            const next = todo.at(seen.length);
            if (next !== undefined) change(all, next, (added) => all.set(added, `new ${seen.length}`));
          });
          return seen;
        };
        const entries = keys.sort((a, b) => a - b).map((key) => [key, 'old'] as const);
        const elements = new Set(keys);
        const { map, set } = draftsOf({ map: new Map(entries), set: elements }).state() as {
          map: Map<number, string>;
          set: Set<number>;
        };
        expect(go(map)).toEqual(go(new Map(entries)));
        const goOfSet = (all: Set<number>): readonly number[] => {
          const seen: number[] = [];
          for (const element of all) {
            seen.push(element);
            const next = todo.at(seen.length);
            if (next !== undefined) change(all, next, (added) => all.add(added));
          }
          return seen;
        };
        expect(goOfSet(set)).toEqual(goOfSet(new Set(elements)));
      }),
    );
  });

  it('of a set or a map has whatever methods those have', () => {
    const { votes } = draftsOf({ votes: new Set(['a']) }).state() as { votes: Set<string> };
    votes.add('b');
    // Of newer versions of JavaScript.
    const union = Reflect.get(votes, 'union') as ((other: Set<string>) => Set<string>) | undefined;
    if (union !== undefined) expect([...union.call(votes, new Set(['c']))]).toEqual(['a', 'b', 'c']);
    expect(votes).toBeInstanceOf(Set);
  });

  it('cannot be used any more when the call has returned', () => {
    const plain = new PlainData();
    const drafts = draftsOf(plain.canonical({ votes: new Set(), log: [1] }).value);
    const state = drafts.state() as { votes: Set<string>; log: number[] };
    const { votes, log } = state;
    const add = Reflect.get(votes, 'add') as (name: string) => unknown;
    drafts.close();
    const uses: readonly (() => unknown)[] = [
      () => state.log,
      () => (state.log = []),
      () => log.length,
      () => log[0],
      () => votes.size,
      () => add('a'),
      () => [...votes],
      () => JSON.stringify(state),
      () => plain.canonical({ kept: votes }),
      () => plain.canonical({ kept: votes }, drafts),
    ];
    for (const use of uses) expect(use).toThrow('closed');
  });
});
