/**
 * The library's protocols by handlers, each without one of the things it does: it never sends a message of one
 * type, such as an acknowledgement, takes no notice of one, forgets what one told it, or lets time pass unused.
 */
import { readdirSync } from 'node:fs';
import type {
  AnyHandlers,
  Context,
  HandlerProtocol,
  MessageLike,
} from '../../../src/model/handlers/protocol.js';
import type { Scenario } from '../../../src/runner/scenario/define.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { judgeHandlerRun, judgeHandlerRuns, judgeHandlers } from '../../judge/handlers.js';
import { affordable, digestOf, type FaultyPlace, type Mutant, type Original } from './mutant.js';

const FOLDERS = ['handlers', 'services'];

/** Fault sets. */
const MOST = 300;

type AnyContext = Context<string, MessageLike>;
type Handler = AnyHandlers['onMessage'][string];

export async function handlersOfLibrary(): Promise<readonly Original[]> {
  const files = FOLDERS.flatMap((folder) => {
    const url = new URL(`../../../scenarios/${folder}/`, import.meta.url);
    const names = readdirSync(url).filter((name) => name.endsWith('.ts'));
    return names.sort().map((file) => new URL(file, url));
  });
  const originals = files.map(async (file) => {
    const exported = (await import(file.href)) as Readonly<Record<string, Scenario>>;
    const name = file.pathname.split('/').at(-1)!;
    return Object.entries(exported).flatMap(([key, scenario]) => originalOf(`${name} ${key}`, scenario));
  });
  return (await Promise.all(originals)).flat();
}

function originalOf(label: string, { protocol, nodes, bounds: own, expect }: Scenario): readonly Original[] {
  if (protocol.kind !== 'handlers') throw new Error(`${label} has handlers`);
  const bounds = affordable(nodes.length, [own], MOST);
  if (bounds === undefined) return [];
  const judge: Original['judge'] = (mutated) => judgeHandlers(handlersIn(mutated), nodes, bounds);
  const violates: Original['violates'] = (mutated, eot, faults) =>
    judgeHandlerRun(handlersIn(mutated), { nodes, eot }, faults).violations.length > 0;
  const course: Original['course'] = (mutated) => digestOf(coursesOf(handlersIn(mutated), nodes, bounds));
  const certifiedWithin = expect === 'certified' ? own : undefined;
  const mutants = mutantsOfHandlers(protocol);
  return [{ label, nodes, bounds, certifiedWithin, protocol, judge, violates, course, mutants }];
}

/** What is sent and what is seen of each node. */
function* coursesOf(...setting: Parameters<typeof judgeHandlerRuns>): Iterable<unknown> {
  for (const { run } of judgeHandlerRuns(...setting)) yield [run.messages, run.views];
}

/** The protocol without each of the things that it does, in a fixed order. */
export function mutantsOfHandlers(protocol: HandlerProtocol): readonly Mutant[] {
  const mutated = (handlers: AnyHandlers, put: (handlers: AnyHandlers) => HandlerProtocol) =>
    mutantsOf(handlers).map(({ handlers: without, ...lacking }) => ({ ...lacking, protocol: put(without) }));
  if (protocol.roles === undefined)
    return mutated(protocol.handlers, (handlers) => ({ ...protocol, handlers }));
  return Object.entries(protocol.roles).flatMap(([role, handlers]) =>
    mutated(handlers, (without) => ({ ...protocol, roles: { ...protocol.roles, [role]: without } })),
  );
}

function handlersIn(protocol: Protocol): HandlerProtocol {
  if (protocol.kind !== 'handlers') throw new Error('these are handlers');
  return protocol;
}

interface MutatedHandlers extends Pick<Mutant, 'kind' | 'lacks' | 'faulty'> {
  readonly handlers: AnyHandlers;
}

function mutantsOf(handlers: AnyHandlers): readonly MutatedHandlers[] {
  const kind = 'handlers: ticks, or timers' as const;
  const types = Object.keys(handlers.onMessage);
  const replaced = (type: string, handler: Handler): AnyHandlers => ({
    ...handlers,
    onMessage: { ...handlers.onMessage, [type]: handler },
  });
  return [
    ...types.flatMap((type): readonly MutatedHandlers[] => [
      {
        kind: 'handlers: sending a type of message',
        lacks: `sending ${type}`,
        ...withoutSending(handlers, type),
      },
      {
        kind: 'handlers: heeding a type of message',
        lacks: `heeding ${type}`,
        faulty: [handlerNamed(`onMessage.${type}`)],
        handlers: replaced(type, () => undefined),
      },
      {
        kind: 'handlers: remembering what a type of message told',
        lacks: `remembering ${type}`,
        faulty: [handlerNamed(`onMessage.${type}`)],
        handlers: replaced(type, (...given) => {
          handlers.onMessage[type](...given);
        }),
      },
    ]),
    ...(handlers.onTick
      ? [
          {
            kind,
            lacks: 'ticks',
            faulty: [handlerNamed('onTick')],
            handlers: { ...handlers, onTick: () => undefined },
          },
        ]
      : []),
    ...(handlers.onTimer
      ? [
          {
            kind,
            lacks: 'timers',
            faulty: [handlerNamed('onTimer')],
            handlers: { ...handlers, onTimer: () => undefined },
          },
        ]
      : []),
  ];
}

function handlerNamed(name: string): FaultyPlace {
  return { kind: 'handler', name };
}

/** Wrong are those that would send such a message: which these are comes out while the handlers run. */
function withoutSending(handlers: AnyHandlers, type: string): Pick<MutatedHandlers, 'handlers' | 'faulty'> {
  const faulty: FaultyPlace[] = [];
  const mute = (context: AnyContext, name: string): AnyContext =>
    muted(context, type, () => {
      if (!faulty.some((place) => place.kind === 'handler' && place.name === name))
        faulty.push(handlerNamed(name));
    });
  const onMessage = Object.entries(handlers.onMessage).map(([name, handler]): [string, Handler] => [
    name,
    (state, message, context) =>
      handler(state, message, { ...mute(context, `onMessage.${name}`), from: context.from }),
  ]);
  return {
    faulty,
    handlers: {
      ...handlers,
      ...(handlers.onStart && {
        onStart: (state: unknown, context: AnyContext) => handlers.onStart!(state, mute(context, 'onStart')),
      }),
      ...(handlers.onTick && {
        onTick: (state: unknown, context: AnyContext) => handlers.onTick!(state, mute(context, 'onTick')),
      }),
      ...(handlers.onTimer && {
        onTimer: (state: unknown, name: string, context: AnyContext) =>
          handlers.onTimer!(state, name, mute(context, 'onTimer')),
      }),
      onMessage: Object.fromEntries(onMessage),
    },
  };
}

function muted(context: AnyContext, type: string, onMuted: () => void): AnyContext {
  return {
    ...context,
    send: (to, message) => {
      if (message.type === type) onMuted();
      else context.send(to, message);
    },
    broadcast: (message) => {
      if (message.type === type) onMuted();
      else context.broadcast(message);
    },
  };
}
