/** What handlers and properties may not use: the clock, chance, and what happens later. */

/** A property of some object that is out of their reach. */
export interface ForbiddenProperty {
  readonly owner: object;
  readonly key: string;
  /** As its author would write it: `Date.now()`. */
  readonly what: string;
  /** What its author is told to do. */
  readonly instead: string;
  /** Of a function, whether it may be called so all the same. */
  readonly allows?: (call: FunctionCall) => boolean;
}

/** A call of a function, or of a constructor. */
export interface FunctionCall {
  readonly isNew: boolean;
  readonly parameters: readonly unknown[];
}

/** `new Date(0)` is the same in every run, and `new Date()` is not. */
const isDateOfSomething = ({ isNew, parameters }: FunctionCall): boolean => isNew && parameters.length > 0;

const CLOCK = 'the time of a run is logical: take it from `context.time`';
const CHANCE =
  'a run is to be the same each time: draw before the scenario is defined, or let `init` give what was drawn';
const LATER = 'nothing that happens later is part of a run: use `context.timers`, or `onTick`';
const NETWORK = 'let what answers be a node of the protocol';

/** Of promises, which no property leads to. */
export const SYNCHRONOUS =
  'handlers and properties are synchronous: leave out `async`, and return the value itself';

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];

/** In the globals as they are now, which may be those of a host that has put its own there. */
export function forbiddenProperties(): readonly ForbiddenProperty[] {
  const crypto = process.getBuiltinModule('node:crypto');
  const timers = process.getBuiltinModule('node:timers');
  return [
    { owner: globalThis, key: 'Date', what: 'new Date()', instead: CLOCK, allows: isDateOfSomething },
    { owner: globalThis, key: 'performance', what: 'performance', instead: CLOCK },
    { owner: globalThis, key: 'crypto', what: 'crypto', instead: CHANCE },
    ...functionsOf(globalThis, '', [...TIMERS, 'queueMicrotask'], LATER),
    ...functionsOf(globalThis, '', ['fetch'], NETWORK),
    ...functionsOf(Date, 'Date.', ['now'], CLOCK),
    ...functionsOf(Math, 'Math.', ['random'], CHANCE),
    ...functionsOf(performance, 'performance.', ['now'], CLOCK),
    ...functionsOf(process, 'process.', ['hrtime', 'uptime', 'cpuUsage'], CLOCK),
    ...functionsOf(process.hrtime, 'process.hrtime.', ['bigint'], CLOCK),
    ...functionsOf(process, 'process.', ['nextTick'], LATER),
    ...functionsOf(timers, '', TIMERS, LATER),
    ...functionsOf(crypto, 'crypto.', ['randomBytes', 'randomInt', 'randomUUID', 'randomFillSync'], CHANCE),
  ];
}

function functionsOf(
  owner: object,
  prefix: string,
  keys: readonly string[],
  instead: string,
): readonly ForbiddenProperty[] {
  return keys.map((key) => ({ owner, key, what: `${prefix}${key}()`, instead }));
}
