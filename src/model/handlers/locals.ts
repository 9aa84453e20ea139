/**
 * Local states by number: what a node knows, which timers it has set, and what it recorded of operations in this timestep,
 * each distinct one kept once.
 */
import { compareStrings } from '../order.js';
import { NOTHING_RECORDED, recordedText, type Recorded } from './operations/record.js';
import type { Canonical } from './plain.js';

/** Names a local state; equal states have equal numbers. */
export type LocalId = number;

/** Timesteps until each timer fires, by name. */
export type TimerSet = Readonly<Record<string, number>>;

export interface Local {
  readonly state: Canonical;
  readonly timers: TimerSet;
  readonly recorded: Recorded;
}

/** Where nothing was recorded yet. */
export type Unrecorded = Omit<Local, 'recorded'>;

export class Locals {
  private readonly numbers = new Map<string, LocalId>();
  private readonly locals: Local[] = [];

  get(id: LocalId): Local {
    return this.locals[id];
  }

  id({ state, timers, recorded = NOTHING_RECORDED }: Unrecorded & Partial<Local>): LocalId {
    const names = Object.keys(timers).sort(compareStrings);
    const text =
      state.text +
      names.map((name) => `\n${JSON.stringify(name)}${timers[name]}`).join('') +
      (recorded.length === 0 ? '' : `\n${recordedText(recorded)}`);
    let id = this.numbers.get(text);
    if (id === undefined) {
      id = this.locals.push({ state, timers, recorded }) - 1;
      this.numbers.set(text, id);
    }
    return id;
  }

  /** Of all timers that were ever set. */
  timerNames(): ReadonlySet<string> {
    return new Set(this.locals.flatMap(({ timers }) => Object.keys(timers)));
  }

  /** The same state one timestep later; timers that reach zero are due, until they are handled. */
  later(id: LocalId): LocalId {
    const { state, timers } = this.locals[id];
    const names = Object.keys(timers);
    if (names.length === 0) return this.unrecorded(id);
    return this.id({
      state,
      timers: Object.fromEntries(names.map((name) => [name, Math.max(0, timers[name] - 1)])),
    });
  }

  /** The same state, in which nothing was recorded yet. */
  unrecorded(id: LocalId): LocalId {
    const { recorded, ...local } = this.locals[id];
    return recorded.length === 0 ? id : this.id(local);
  }

  /** The names of the timers that are due. */
  due(id: LocalId): readonly string[] {
    const { timers } = this.locals[id];
    return Object.keys(timers).filter((name) => timers[name] === 0);
  }

  /** The same state without a timer. */
  without(id: LocalId, name: string): LocalId {
    const { timers, ...local } = this.locals[id];
    return this.id({
      ...local,
      timers: Object.fromEntries(Object.entries(timers).filter(([other]) => other !== name)),
    });
  }
}
