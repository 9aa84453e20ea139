/**
 * Random services that keep a value, or a sum, for clients who record what they do: sound ones, and those that answer before
 * they have copied, that ask too few, or that do again what was done.
 */
import fc from 'fast-check';
import type { Bounds } from '../../../src/injector/bounds.js';
import { models } from '../../../src/model/handlers/operations/models.js';
import type { AnyObjectModel } from '../../../src/model/handlers/operations/object-model.js';
import {
  type,
  type AnyHandlers,
  type Context,
  type HandlerProtocol,
  type MessageLike,
} from '../../../src/model/handlers/protocol.js';
import { chance, chosen } from '../weights.js';

const NODES = ['w', 'r', 'p', 'q'] as const;
const REPLICAS = ['p', 'q'] as const;

interface Service {
  readonly object: 'register' | 'counter';
  /** Whom each client asks for changes, and for values: the first, the second, or both. */
  readonly writes: readonly ('p' | 'q')[];
  readonly reads: readonly ('p' | 'q')[];
  /** How many answers a client waits for, of those that it asks. */
  readonly enough: 1 | 2;
  /** A replica passes changes on to the other one. */
  readonly copies: boolean;
  /** And answers when that has answered. */
  readonly waits: boolean;
  readonly repeats: boolean;
  readonly keeps: boolean;
  /** The clients begin anew at these times, whatever they wait for where they are impatient. */
  readonly begins: readonly [w: readonly number[], r: readonly number[]];
  readonly impatient: boolean;
  readonly writesToo: boolean;
  readonly bounds: Bounds;
}

const asked = fc.constantFrom<readonly ('p' | 'q')[]>(['p'], ['q'], REPLICAS);
const timesOf = (min: number, max: number, count: number) =>
  fc.uniqueArray(fc.integer({ min, max }), {
    minLength: count,
    maxLength: count,
  });

const service: fc.Arbitrary<Service> = fc.record({
  object: fc.constantFrom('register', 'counter'),
  writes: fc.constantFrom<readonly ('p' | 'q')[]>(['p'], REPLICAS),
  reads: asked,
  enough: chosen<1 | 2>([1, 3], [2, 1]),
  copies: chance(75),
  waits: chance(50),
  repeats: chance(40),
  keeps: chance(50),
  begins: fc.tuple(timesOf(1, 4, 2), timesOf(2, 6, 3)),
  impatient: chance(25),
  writesToo: chance(30),
  bounds: chosen<Bounds>(
    [{ eot: 8, eff: 6, crashes: 0, omissions: 1 }, 3],
    [{ eot: 8, eff: 3, crashes: 1, omissions: 1, faults: 1 }, 2],
    [{ eot: 8, eff: 5, crashes: 0, omissions: 0, restarts: 1 }, 2],
    [
      {
        eot: 8,
        eff: 5,
        crashes: 0,
        omissions: 0,
        duplicates: 1,
        longestDelay: 3,
      },
      1,
    ],
    [
      {
        eot: 8,
        eff: 5,
        crashes: 0,
        omissions: 0,
        pauses: 1,
        delays: 1,
        longestDelay: 2,
        faults: 1,
      },
      1,
    ],
    [{ eot: 8, eff: 5, crashes: 0, omissions: 0, partitions: 1 }, 1],
  ),
});

export interface GeneratedService {
  readonly protocol: HandlerProtocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  toString(): string;
}

export function generatedServices(): fc.Arbitrary<GeneratedService> {
  return service.map((drawn) => ({
    protocol: protocolOf(drawn),
    nodes: NODES,
    bounds: drawn.bounds,
    toString: () => JSON.stringify(drawn),
  }));
}

interface State {
  value: number;
  /** Of a client: the number of its request, what it waits for, who has answered, and the greatest value of these. */
  request: number;
  waits: 'read' | 'write' | null;
  answers: string[];
  seen: number;
}

type Message =
  | {
      readonly type: 'change';
      readonly by: number;
      readonly request: number;
      readonly client: string;
    }
  | { readonly type: 'look'; readonly request: number }
  | {
      readonly type: 'answer';
      readonly value: number;
      readonly request: number;
    };

type Told = Context<string, MessageLike>;

function protocolOf(drawn: Service): HandlerProtocol {
  const { object, begins, impatient, writesToo, keeps } = drawn;
  const handlers: AnyHandlers = {
    messages: type(),
    init: (): State => ({
      value: 0,
      request: 0,
      waits: null,
      answers: [],
      seen: 0,
    }),
    ...(keeps && { keep: (state) => state, restore: (state) => state }),
    tickAtStart: true,
    onTick(given, context) {
      const state = given as State;
      const place = NODES.indexOf(context.self as 'w');
      if (place > 1 || !begins[place].includes(context.time)) return;
      if (state.waits !== null && !impatient) return;
      begin(drawn, state, place === 0 || (writesToo && context.time % 2 === 1), context);
    },
    onTimer(given, _, context) {
      ask(drawn, given as State, context);
    },
    onMessage: {
      change(given, told, context) {
        const { by, client, request } = told as Message & {
          readonly type: 'change';
        };
        const state = given as State;
        state.value = object === 'register' ? by : state.value + by;
        const passesOn = drawn.copies && context.from === client;
        const other = context.self === 'p' ? 'q' : 'p';
        if (passesOn) context.send(other, told);
        if (!passesOn || !drawn.waits)
          context.send(client, {
            type: 'answer',
            value: by,
            request,
          } as Message);
      },
      look(given, told, { from, send }) {
        const { request } = told as Message;
        send(from, {
          type: 'answer',
          value: (given as State).value,
          request,
        } as Message);
      },
      answer(given, told, context) {
        const { value, request } = told as Message & {
          readonly type: 'answer';
        };
        end(drawn, given as State, { value, request }, context);
      },
    },
    observe: () => null,
  };
  const model = (object === 'register' ? models.register(0) : models.counter()) as AnyObjectModel;
  return {
    kind: 'handlers',
    handlers,
    specification: { atomic: { linearizable: model } },
  };
}

function begin(drawn: Service, state: State, writes: boolean, context: Told): void {
  state.request = context.time;
  state.waits = writes ? 'write' : 'read';
  state.answers = [];
  state.seen = 0;
  const change =
    drawn.object === 'register'
      ? { type: 'write', value: context.time }
      : { type: 'add', amount: context.time };
  context.invoke(writes ? change : { type: 'read' });
  ask(drawn, state, context);
}

function ask(drawn: Service, { waits, request }: State, { self, send, timers }: Told): void {
  if (waits === null) return;
  for (const replica of waits === 'write' ? drawn.writes : drawn.reads)
    send(
      replica,
      waits === 'write'
        ? ({ type: 'change', by: request, request, client: self } as Message)
        : ({ type: 'look', request } as Message),
    );
  if (drawn.repeats) timers.set('again', 3);
}

function end(
  { enough, writes, reads }: Service,
  state: State,
  { value, request }: { readonly value: number; readonly request: number },
  { from, complete }: Told & { readonly from: string },
): void {
  const { waits } = state;
  if (waits === null || state.request !== request || state.answers.includes(from)) return;
  state.answers.push(from);
  state.seen = Math.max(state.seen, value);
  if (state.answers.length < Math.min(enough, (waits === 'write' ? writes : reads).length)) return;
  state.waits = null;
  if (waits === 'write') complete();
  else complete(state.seen);
}
