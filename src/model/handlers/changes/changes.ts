/** All changes of a protocol by handlers that combinators can make, by what its nodes are seen to do where nothing fails. */
import type { HandlerChange, Mending } from './change.js';

/** What is seen of a protocol. */
export interface SeenProtocol {
  /** Messages from one node to another, in the order in which they were sent. */
  readonly messages: readonly SeenMessage[];
  /** The names of the fields of states. */
  readonly fields: readonly string[];
  /** Whether nodes may be down for a while and start again. */
  readonly outages: boolean;
}

export interface SeenMessage {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly sent: number;
}

/** The most types of messages of which each two are changed together. */
const MOST_TYPES = 8;

/** After how many timesteps questions are asked again: at once, and when an answer is overdue. */
const ASKING = [3, 1] as const;

/** In a fixed order: first what changes least. */
export function changesOfHandlers(seen: SeenProtocol): readonly HandlerChange[] {
  const types = [...new Set(seen.messages.map(({ name }) => name))];
  const kept = seen.outages ? keepings(seen.fields) : [];
  const reliable = sendings(types);
  const asking = questions(seen.messages, types);
  const held = holdings(seen.messages, types);
  const all: Mending = { kind: 'send reliably', messages: types };
  const others = (mending: Mending & { kind: 'hold back' }): Mending => ({
    ...all,
    messages: types.filter((type) => !mending.after.includes(type)),
  });
  const single = [...kept, ...reliable, ...asking, ...held].map((mending) => [mending]);
  const double = [
    ...kept
      .slice(-1)
      .flatMap((keeping) => [...reliable, ...asking, ...held].map((mending) => [keeping, mending])),
    ...held.map((holding) => [holding, others(holding)]),
  ];
  return [...single, ...double].map((mendings) => ({ mendings }));
}

/** Each field by itself, then the whole state. */
function keepings(fields: readonly string[]): readonly Mending[] {
  const sets = [...fields.map((field) => [field]), []];
  return sets.map((each) => ({ kind: 'keep fields', fields: each }));
}

/** Each type by itself, each two, and all. */
function sendings(types: readonly string[]): readonly Mending[] {
  const pairs = types.length > MOST_TYPES ? [] : pairsOf(types);
  const sets = [...types.map((type) => [type]), ...pairs, ...(types.length > 2 ? [types] : [])];
  return sets.map((messages) => ({ kind: 'send reliably', messages }));
}

/** Messages to which whoever gets them sends something back at once. */
function questions(messages: readonly SeenMessage[], types: readonly string[]): readonly Mending[] {
  return types.flatMap((ask): readonly Mending[] => {
    const asked = messages.filter(({ name }) => name === ask);
    const isAnswer = ({ from, to, sent }: SeenMessage) =>
      asked.some((question) => question.from === to && question.to === from && question.sent + 1 === sent);
    const answers = [...new Set(messages.filter(isAnswer).map(({ name }) => name))];
    if (answers.length === 0) return [];
    return ASKING.map((every) => ({ kind: 'ask again', ask: [ask], answers, every }));
  });
}

/** Messages whose sender has sent others before, or at the same time. */
function holdings(
  messages: readonly SeenMessage[],
  types: readonly string[],
): readonly (Mending & { kind: 'hold back' })[] {
  return types.flatMap((held) =>
    types
      .filter((after) => after !== held)
      .flatMap((after) => {
        const before = messages.filter(({ name }) => name === after);
        const waits = messages.some(
          ({ name, from, sent }) =>
            name === held && before.some((other) => other.from === from && other.sent <= sent),
        );
        if (!waits) return [];
        const several = before.some((a) =>
          before.some((b) => a.from === b.from && a.sent === b.sent && a.to !== b.to),
        );
        const quorums = several ? (['all', 'majority'] as const) : (['all'] as const);
        return quorums.map((by) => ({
          kind: 'hold back' as const,
          messages: [held],
          after: [after],
          by,
        }));
      }),
  );
}

function pairsOf(names: readonly string[]): readonly (readonly string[])[] {
  return names.flatMap((one, place) => names.slice(place + 1).map((other) => [one, other]));
}
