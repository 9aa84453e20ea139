/** Systems as TypeScript writes them: services that run, a request to them, and what has to come of it. */

/** A service that ldfi starts before it asks anything, and ends whatever happens. */
export interface StartedService {
  /** The program and its arguments; relative to `folder`. */
  readonly command: readonly string[];
  /** Default: the folder that ldfi runs in. */
  readonly folder?: string;
  /**
   * Variables of its environment, beside those of ldfi's own, `PORT`, and for each service its address, such as
   * `CART_URL`.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: one that is free. */
  readonly port?: number;
  /** A path that is answered with a status below 500 once the service is ready; default: that it accepts connections. */
  readonly ready?: string;
  /** Whether to load `ldfi/inject` into it, if it is of Node; default true. Not needed behind `ldfi proxy`. */
  readonly inject?: boolean;
}

/**
 * A service of a Compose file. `docker compose` starts and ends it, with all others of that file that are named, as a
 * project of the campaign's own; what they need beside them starts with them.
 */
export interface ComposedService {
  /** The file; relative to `folder`. */
  readonly compose: string;
  /** Default: the folder that ldfi runs in. */
  readonly folder?: string;
  /** What the file calls it; default: the name that it has here. */
  readonly service?: string;
  /** The port within its container. */
  readonly port: number;
  /** As of a service that ldfi starts. Docker may accept connections before the service does. */
  readonly ready?: string;
  /** As of a service that ldfi starts. */
  readonly inject?: boolean;
}

/** A service that runs already, on this machine. Calls to it can be failed, and calls that it makes cannot. */
export interface RunningService {
  /** Such as `http://127.0.0.1:4001`. */
  readonly at: string;
}

/** A request over HTTP. */
export interface SystemRequest {
  /** The service that it goes to; default: the first. */
  readonly to?: string;
  /** Default: `GET`. */
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is no text is sent as JSON. */
  readonly body?: unknown;
}

/** What was answered. */
export interface SystemAnswer {
  /** Of HTTP; 0 where there was no answer, or not in time. */
  readonly status: number;
  readonly body: string;
  /** Why there was none. */
  readonly error?: string;
}

/** What a request made by the user's own function has to carry, and where services are. */
export interface RequestContext {
  /** `traceparent` and `baggage`, to be sent with everything. */
  readonly headers: Readonly<Record<string, string>>;
  readonly url: (service: string) => string;
  /** Aborted when the answer is not waited for any longer. */
  readonly signal: AbortSignal;
}

/** Whether something holds; a text says why it does not. */
export type Held = boolean | string;

/** A call, as what may become of it is asked. */
export interface SystemCall {
  readonly caller: string;
  readonly callee: string;
  readonly operation: string;
}

/** How far a check of a system goes. */
export interface SystemBounds {
  /** The most faults at once; default 2. */
  readonly faults?: number;
  /** The most runs; default 500. */
  readonly runs?: number;
  /** The most milliseconds; default: as long as it takes. */
  readonly time?: number;
}

/** What {@link defineSystem} is told. */
export interface SystemDefinition {
  /** What reports call it. */
  readonly name: string;
  readonly services: Readonly<Record<string, StartedService | ComposedService | RunningService>>;
  readonly request: SystemRequest | ((context: RequestContext) => Promise<SystemAnswer>);
  /** Whether the answer is as it should be; default: that its status is below 400. */
  readonly outcome?: (answer: SystemAnswer) => Held | Promise<Held>;
  /** What has to hold after every request, by name. They may ask databases. */
  readonly invariants?: Readonly<Record<string, (answer: SystemAnswer) => Held | Promise<Held>>>;
  /**
   * What may become of a call, such as `refused`, `timeout`, `latency 500`, `status 503`, `grpc UNAVAILABLE`,
   * `broken-body`, `error 40001` of a database, or `lost` of a message; default: `refused`, `timeout` and `status 503`.
   * What is not for the protocol of a call, such as `status 503` for a database, is left out there.
   */
  readonly kinds?: readonly string[] | ((call: SystemCall) => readonly string[]);
  readonly bounds?: SystemBounds;
  /** Undoes what a run changed, before the next; or that there is nothing to undo. */
  readonly state: 'nothing to reset' | (() => Promise<void> | void);
  /** How long an answer is waited for, in milliseconds; default 5,000. Services that wait longer have not answered. */
  readonly patience?: number;
}

/** What {@link defineSystem} makes, and a file exports. */
export interface System extends SystemDefinition {
  readonly kind: 'system';
}

/**
 * Says what a running system is, and what is asked of it.
 *
 * @example
 * export default defineSystem({
 *   name: 'shop',
 *   services: {
 *     shop: { command: ['node', 'shop.js'] },
 *     cart: { command: ['node', 'cart.js'] },
 *   },
 *   request: { path: '/checkout' },
 *   state: 'nothing to reset',
 * });
 */
export function defineSystem(system: SystemDefinition): System {
  return Object.freeze({ ...system, kind: 'system' as const });
}
