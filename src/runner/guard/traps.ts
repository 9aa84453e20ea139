/**
 * Tells when what an author wrote is no function of its input, by what it uses: while it runs, the clock, chance,
 * timers and promises are traps. To call it twice finds a clock only where that moves in between.
 *
 * Traps are put up around a stretch of work, since around each call they would cost more than the call; between
 * calls they let everything pass. Work that is ended from outside runs no `finally`, so that they have to be put up
 * outside of what may end it.
 */
import { promiseHooks } from 'node:v8';
import { withoutDrafts } from '../../model/handlers/drafts/without.js';
import { Forbidden, isA } from '../../model/handlers/errors.js';
import type { AnyObjectModel } from '../../model/handlers/operations/object-model.js';
import type { AnyProperty } from '../../model/handlers/properties.js';
import type { AnyHandlers, HandlerProtocol } from '../../model/handlers/protocol.js';
import { forbiddenProperties, SYNCHRONOUS, type ForbiddenProperty } from './forbidden.js';

type AnyFunction = (...parameters: never[]) => unknown;

type Used = Pick<ForbiddenProperty, 'what' | 'instead'>;

/** Puts back what was there before. */
type TakeDown = () => void;

/** What {@link PropertyDescriptor} says, without calling its functions methods, which they are not of it. */
interface Descriptor {
  readonly configurable?: boolean;
  readonly enumerable?: boolean;
  readonly value?: unknown;
  readonly get?: () => unknown;
  readonly set?: (value: unknown) => void;
}

/** All that there may be of an object, so that the compiler tells what was forgotten. */
type Complete<Parts> = { readonly [Key in keyof Required<Parts>]: Parts[Key] | undefined };

export class Traps {
  /** Whether what the author wrote is running. */
  private running = false;
  /** What the call that is running was caught with. */
  private sprung: Forbidden | undefined;

  /** The same protocol, of whose calls the traps know; what its author does to its objects from now on is without effect. */
  watch(protocol: HandlerProtocol): HandlerProtocol {
    const properties = Object.entries(protocol.specification);
    const specification = recordOf(properties.map(([name, property]) => [name, this.property(property)]));
    if (protocol.roles === undefined)
      return Object.freeze({ ...protocol, handlers: this.handlers(protocol.handlers), specification });
    const roles = Object.entries(protocol.roles);
    return Object.freeze({
      ...protocol,
      roles: recordOf(roles.map(([role, handlers]) => [role, this.handlers(handlers)])),
      specification,
    });
  }

  /** Does work in which watched calls may not use what is forbidden. */
  during<Value>(work: () => Value): Value {
    const takeDown: TakeDown[] = [];
    this.running = false;
    try {
      for (const property of forbiddenProperties()) takeDown.push(this.set(property));
      takeDown.push(this.setForPromises(), ...this.letPrint(), letCloneDrafts());
      return work();
    } finally {
      for (const each of takeDown.reverse()) each();
    }
  }

  private handlers(handlers: AnyHandlers): AnyHandlers {
    const { messages, operations, onMessage, tickAtStart } = handlers;
    const types = Object.keys(onMessage);
    const watched: Complete<AnyHandlers> = {
      messages,
      operations,
      init: this.watched(handlers, 'init'),
      keep: this.watched(handlers, 'keep'),
      restore: this.watched(handlers, 'restore'),
      onStart: this.watched(handlers, 'onStart'),
      tickAtStart,
      onTick: this.watched(handlers, 'onTick'),
      onMessage: recordOf(types.map((type) => [type, this.watched(onMessage, type)])),
      onTimer: this.watched(handlers, 'onTimer'),
      observe: this.watched(handlers, 'observe'),
    };
    return recordOf(
      Object.entries(watched).filter(([, each]) => each !== undefined),
    ) as unknown as AnyHandlers;
  }

  private property(property: AnyProperty): AnyProperty {
    return Object.freeze(this.watchedParts(property));
  }

  private watchedParts(property: AnyProperty): AnyProperty {
    if ('always' in property) return { always: this.watched(property, 'always') };
    if ('never' in property) return { never: this.watched(property, 'never') };
    if ('step' in property) return { step: this.watched(property, 'step') };
    if ('pre' in property)
      return { pre: this.watched(property, 'pre'), post: this.watched(property, 'post') };
    if ('linearizable' in property) return { linearizable: this.model(property.linearizable) };
    const { leadsTo } = property;
    const [when, then] = [this.watched(leadsTo, 'when'), this.watched(leadsTo, 'then')];
    return { leadsTo: Object.freeze({ when, then, within: leadsTo.within }) };
  }

  private model(model: AnyObjectModel): AnyObjectModel {
    const [step, part] = [this.watched(model, 'step'), this.watched(model, 'part')];
    return Object.freeze({ initial: model.initial, step, ...(part !== undefined && { part }) });
  }

  /** A function as it is now. @throws Forbidden, when called, where it used what it may not, whatever it made of that */
  private watched<Owner extends object, Key extends keyof Owner>(owner: Owner, key: Key): Owner[Key] {
    const called = owner[key] as AnyFunction | undefined;
    if (called === undefined) return owner[key];
    const watched = (...parameters: never[]): unknown => {
      this.running = true;
      this.sprung = undefined;
      let returned: unknown;
      try {
        returned = called.apply(owner, parameters);
      } catch (error) {
        throw this.sprung ?? error;
      } finally {
        this.running = false;
      }
      this.throwWhatSprang();
      return returned;
    };
    // Whoever looks for what it says finds what its author wrote.
    const source = Function.prototype.toString.call(called);
    return Object.assign(watched, { toString: () => source }) as Owner[Key];
  }

  private throwWhatSprang(): void {
    if (this.sprung !== undefined) throw this.sprung;
  }

  private spring({ what, instead }: Used): Forbidden {
    this.sprung ??= new Forbidden(what, instead);
    return this.sprung;
  }

  private set(forbidden: ForbiddenProperty): TakeDown {
    const holder = holderOf(forbidden.owner, forbidden.key);
    const before: Descriptor | undefined = holder && Object.getOwnPropertyDescriptor(holder, forbidden.key);
    if (before?.configurable !== true) return () => undefined;
    const { value } = before;
    const trap =
      typeof value === 'function'
        ? { ...before, value: this.trapFor(value as AnyFunction, forbidden) }
        : this.trapForReading(before, forbidden);
    Object.defineProperty(holder!, forbidden.key, trap);
    return () => Object.defineProperty(holder!, forbidden.key, before);
  }

  private trapFor(target: AnyFunction, forbidden: ForbiddenProperty): AnyFunction {
    const look = (isNew: boolean, parameters: readonly unknown[]): void => {
      if (this.running && forbidden.allows?.({ isNew, parameters }) !== true) throw this.spring(forbidden);
    };
    return new Proxy(target, {
      apply: (_, self, parameters: unknown[]): unknown => {
        look(false, parameters);
        return Reflect.apply(target, self, parameters as never[]);
      },
      construct: (_, parameters: unknown[], made): object => {
        look(true, parameters);
        return Reflect.construct(target, parameters, made) as object;
      },
    });
  }

  private trapForReading(before: Descriptor, used: Used): Descriptor {
    const look = (): void => {
      if (this.running) throw this.spring(used);
    };
    return {
      ...(before.set && { set: before.set }),
      configurable: true,
      enumerable: before.enumerable ?? false,
      get(): unknown {
        look();
        return before.get === undefined ? before.value : Reflect.apply(before.get, this, []);
      },
    };
  }

  /** Whoever looks into a handler prints, and what streams do for that is not the author's. */
  private letPrint(): readonly TakeDown[] {
    const methods = Object.entries(console).filter(([, method]) => typeof method === 'function');
    return [
      ...methods.map(([name]) => this.let(console, name as keyof Console)),
      ...[process.stdout, process.stderr].map((stream) => this.let(stream, 'write')),
    ];
  }

  private let<Owner extends object>(owner: Owner, key: keyof Owner): TakeDown {
    const before = Object.getOwnPropertyDescriptor(owner, key);
    const method = owner[key] as AnyFunction;
    const value = new Proxy(method, {
      apply: (_, self, parameters: never[]): unknown => {
        const { running } = this;
        this.running = false;
        try {
          return method.apply(self, parameters);
        } finally {
          this.running = running;
        }
      },
    });
    Object.defineProperty(owner, key, { configurable: true, writable: true, enumerable: true, value });
    return () => {
      if (before === undefined) Reflect.deleteProperty(owner, key);
      else Object.defineProperty(owner, key, before);
    };
  }

  /** Nothing that is written leads to those of asynchronous functions, so that the engine has to tell. */
  private setForPromises(): TakeDown {
    return promiseHooks.onInit((promise) => {
      if (!this.running) return;
      this.spring({ what: 'a promise', instead: SYNCHRONOUS });
      // Nobody waits for it, and what it fails with is not to end the process.
      this.running = false;
      promise.catch(() => undefined);
      this.running = true;
    }) as TakeDown;
  }
}

/** What a handler is given stands for its state, and can be cloned as that could be. */
function letCloneDrafts(): TakeDown {
  const clone = globalThis.structuredClone;
  globalThis.structuredClone = ((value: unknown, ...parameters: never[]): unknown => {
    try {
      return clone(value, ...parameters);
    } catch (error) {
      if (!isA(error, DOMException)) throw error;
      return clone(withoutDrafts(value), ...parameters);
    }
  }) as typeof clone;
  return () => {
    globalThis.structuredClone = clone;
  };
}

/** Where along its prototypes an object has a property. */
function holderOf(owner: object, key: string): object | undefined {
  for (
    let holder: object | null = owner;
    holder !== null;
    holder = Object.getPrototypeOf(holder) as object | null
  )
    if (Object.hasOwn(holder, key)) return holder;
  return undefined;
}

function recordOf<Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> {
  return Object.freeze(Object.fromEntries(entries));
}
