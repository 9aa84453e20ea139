/**
 * Faults that authors name, and give a meaning to: a write that is not synced, a clock that is wrong, a detector that is
 * mistaken. Such a fault is true at one node and one time, where a handler's `context.fault` or a rule's `fault` asks; nothing else
 * comes of it. So each is an input by itself, and every name has a bound of its own.
 */
import { authorsBounds, FAULT_NAME, FAULT_NAME_EXPECTED } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { suggest } from '../../model/text/suggest.js';
import { quote } from '../../model/text/quote.js';
import { countFallibleNodes, fallibleNodes } from './fallible.js';
import { drawFew, sampleFew } from './few.js';
import { timesBefore, type FaultKind, type FaultScope } from './kind.js';
import { AT_TIME, fallibleNode, NAME, type Objection, type Word, type WordReader } from './notation.js';

/** What the author calls `name` happens to `node` at `time`. */
export interface AuthorsFault {
  readonly kind: 'named';
  /** As `FAULT_NAME` has it. */
  readonly name: string;
  readonly node: string;
  readonly time: number;
}

export const namedKind: FaultKind<AuthorsFault> = {
  kind: 'named',
  lasting: false,
  notation: {
    verb: 'fault',
    example: 'fault unsynced a@3',
    pattern: String.raw`([^\s@]+)\s+${NAME}${AT_TIME}`,
    format: ({ name, node, time }) => `fault ${name} ${formatNodeName(node)}@${time}`,
    place: ({ node }) => formatNodeName(node),
    describe: ({ name, node, time }) => `${formatNodeName(node)}: ${name} at time ${time}`,
    describeEvent: (event) => namedKind.notation.format(event),
    input: ({ name, node, time }) => ({ kind: 'named', name, node, time }),
    fields: { name: 'name', node: 'node', time: 'time' },
    answerSet: {
      fault: 'named(F, N, T)',
      naming: 'named(F, N, T)',
      clauses: (bounds) => {
        const names = authorsBounds(bounds);
        if (names.length === 0) return [];
        return [
          ...names.map(([name]) => `name(${quote(name)})`),
          `{ named(F, N, T) : name(F), ${fallibleNode(bounds)}, T = 1..eff - 1 }`,
          ...names.map(([name, most]) => `:- #count { N, T : named(${quote(name)}, N, T) } > ${most}`),
        ];
      },
    },
    sign: { mark: '⚑', meaning: 'a fault by name' },
    strike: ({ name, node }) => ({ node, happens: name }),
    read,
    objection,
  },

  events: (scope) =>
    authorsBounds(scope.bounds).flatMap(([name]) =>
      fallibleNodes(scope).flatMap((node) =>
        timesBefore(scope.bounds.eff).map((time): AuthorsFault => ({ kind: 'named', name, node, time })),
      ),
    ),
  countEvents: (nodes, bounds) => authorsBounds(bounds).length * countOfEach(nodes, bounds),
  row({ name, node }, places, bounds) {
    const number = authorsBounds(bounds).findIndex(([each]) => each === name);
    const place = places.get(node);
    return number === -1 || place === undefined ? undefined : number * places.size + place;
  },
  compare: (a, b) => compareStrings(a.name, b.name) || compareStrings(a.node, b.node),

  eventsOf: (fault) => [fault],
  faultsOf: (events) => events,
  counts: () => 'always',
  within: (fault) => [fault],

  joins: (fault, others, bounds) =>
    others.filter(({ name }) => name === fault.name).length < mostOf(fault.name, bounds) &&
    !others.some((other) => isSame(fault, other)),
  most: ({ nodes, bounds }) =>
    authorsBounds(bounds).reduce(
      (sum, [, most]) => sum + Math.min(most, countOfEach(nodes.length, bounds)),
      0,
    ),
  limits: (bounds) =>
    authorsBounds(bounds).map(([name, most]) => ({ most, isOf: (event) => event.name === name })),
  truth(faults) {
    const happened = new Set(faults.map(textOf));
    return (event) => happened.has(textOf(event));
  },

  fate: 'lost',
  removing: () => [],
  downing: () => [],
  recovering: () => [],
  altering: () => [],
  nameOf: ({ name }) => name,
  naming: (name, node, time) => [{ kind: 'named', name, node, time }],

  /** The names have what is left one after the other, each as often the first. */
  draw(events, { bounds }, most, random) {
    let left = most;
    const byName = [...groupBy(events, ({ name }) => name)];
    const first = byName.length > 1 ? Math.floor(random() * byName.length) : 0;
    return [...byName.slice(first), ...byName.slice(0, first)].flatMap(([name, each]) => {
      const drawn = drawFew(
        each.map((event) => [event]),
        Math.min(left, mostOf(name, bounds)),
        random,
      );
      left -= drawn.length;
      return drawn;
    });
  },
  samples: (scope) => sampleFew(namedKind, namedKind.events(scope), scope.bounds),
};

/** How many faults there are of one name. */
function countOfEach(nodes: number, bounds: FaultScope['bounds']): number {
  return countFallibleNodes(nodes, bounds) * Math.max(0, bounds.eff - 1);
}

function mostOf(name: string, { named = {} }: FaultScope['bounds']): number {
  return Object.hasOwn(named, name) ? named[name] : 0;
}

function isSame(a: AuthorsFault, b: AuthorsFault): boolean {
  return a.time === b.time && a.node === b.node && a.name === b.name;
}

function textOf({ name, node, time }: AuthorsFault): string {
  return JSON.stringify([name, node, time]);
}

function read([word, node, at]: readonly Word[], reader: WordReader): AuthorsFault | undefined {
  const { bounds } = reader;
  const name = readName(word, reader);
  const where = reader.node(node);
  const reason = `a fault with a name is admissible at times before EFF ${bounds.eff}`;
  const time = reader.time(at, bounds.eff - 1, reason);
  return name === undefined || where === undefined || time === undefined
    ? undefined
    : { kind: 'named', name, node: where, time };
}

function readName(word: Word, reader: WordReader): string | undefined {
  const { text } = word;
  if (mostOf(text, reader.bounds) > 0) return text;
  if (!FAULT_NAME.test(text)) {
    const message = `\`${text}\` is no name of a fault`;
    reader.object({ code: 'RUN108', message, expected: FAULT_NAME_EXPECTED }, word);
    return undefined;
  }
  const names = authorsBounds(reader.bounds).map(([name]) => name);
  const message = `the bounds admit no fault ${text}`;
  const hint = suggest(text, names) ?? `admit some by \`--named ${text}=1\``;
  reader.object({ code: 'RUN109', message, hint }, word);
  return undefined;
}

function objection(
  fault: AuthorsFault,
  others: readonly AuthorsFault[],
  bounds: FaultScope['bounds'],
): Objection {
  if (others.some((other) => isSame(fault, other)))
    return { code: 'RUN108', message: `\`${namedKind.notation.format(fault)}\` is given twice` };
  const most = mostOf(fault.name, bounds);
  return {
    code: 'RUN109',
    message: `the bounds admit fault ${fault.name} at most ${most === 1 ? 'once' : `${most} times`}`,
    hint: `admit more by \`--named ${fault.name}=${most + 1}\``,
  };
}
