/**
 * `amqplib`, with the faults of a campaign, where both of its interfaces hand a message to a channel, and a channel hands
 * one to its consumer. What a message is part of is in its headers.
 */
import type { Socket } from 'node:net';
import type { FaultOf } from '../contract.js';
import { endingOf } from '../failures.js';
import type { CallToMake, Injector, OutgoingCall } from '../injector.js';
import { callsMade, endScope, type RequestScope } from '../request-scope.js';
import { now, type Ending, type Said } from '../told-spans.js';
import { replaceMethod } from './replace-method.js';

/** Where a message goes, and what it carries. */
interface Properties {
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

interface Message {
  readonly fields: Pick<Properties, 'exchange' | 'routingKey'>;
  readonly properties: Pick<Properties, 'headers'>;
}

/** Told whether the broker has a message. */
type Confirm = (error: unknown, ...rest: unknown[]) => void;

/** @param message null where the consumer is cancelled */
type Consume = (message: Message | null) => unknown;

interface Channel {
  readonly connection: { readonly stream: Pick<Socket, 'remoteAddress' | 'remotePort'> };
  /** @returns whether more may be sent at once */
  sendMessage(fields: Properties, properties: Properties, content: unknown): boolean;
  /** Called right after a message was sent, of channels that confirm. */
  pushConfirmCallback(confirm: Confirm | undefined): void;
  registerConsumer(tag: string, consume: Consume): void;
}

interface Package {
  readonly BaseChannel: { readonly prototype: Channel };
}

/** What it does where a message has nothing to do with a campaign, is what the package does. */
export function injectIntoAmqplib({ BaseChannel }: Package, injector: Injector): void {
  const { prototype } = BaseChannel;
  /** What becomes of the confirmation of the message that a channel was just given. */
  const confirming = new WeakMap<Channel, (confirm: Confirm | undefined) => void>();
  replaceMethod(
    prototype,
    'pushConfirmCallback',
    (original) =>
      function (this: Channel, confirm) {
        const become = confirming.get(this);
        confirming.delete(this);
        if (become === undefined) Reflect.apply(original, this, [confirm]);
        else become(confirm);
      },
  );
  replaceMethod(
    prototype,
    'sendMessage',
    (original) =>
      function (this: Channel, fields, properties, content) {
        confirming.delete(this);
        const call = injector.begin(() => publication(fields, this));
        if (call === undefined) return Reflect.apply(original, this, [fields, properties, content]);
        // The package lets them inherit what it was given.
        const headers = Object.assign(Object.create(properties.headers ?? null) as object, call.headers);
        const sending: Sending = {
          call,
          send: () => Reflect.apply(original, this, [fields, { ...properties, headers }, content]),
          expect: (confirm) => {
            this.pushConfirmCallback(injector.bound(confirm));
          },
        };
        const { hasRoom, confirm } = publish(sending, call.fault);
        confirming.set(this, confirm);
        return hasRoom;
      },
  );
  replaceMethod(
    prototype,
    'registerConsumer',
    (original) =>
      function (this: Channel, tag, consume) {
        Reflect.apply(original, this, [tag, injectingConsumer(consume, injector)]);
      },
  );
}

interface Sending {
  readonly call: OutgoingCall<'messaging'>;
  readonly send: () => boolean;
  /** The next that the broker confirms is this message. */
  readonly expect: (confirm: Confirm) => void;
}

interface Published {
  readonly hasRoom: boolean;
  /** Called with what waits for the confirmation, of channels that confirm. */
  readonly confirm: (confirm: Confirm | undefined) => void;
}

/** @throws Error where the channel is to be closed, as the package says it */
function publish({ call, send, expect }: Sending, fault: FaultOf<'messaging'> | undefined): Published {
  switch (fault?.kind) {
    case undefined:
      return sent(call, send, expect);
    case 'refused':
      void call.ended({ error: 'IllegalOperationError' });
      throw Object.assign(new Error('Channel closed'), { name: 'IllegalOperationError' });
    case 'lost':
      void call.ended({});
      return { hasRoom: true, confirm: (confirm) => void call.ended({}).then(() => confirm?.(null)) };
    case 'latency': {
      const waiting: (Confirm | undefined)[] = [];
      setTimeout(() => {
        const { confirm } = sent(call, send, expect);
        for (const each of waiting) confirm(each);
      }, fault.milliseconds);
      return { hasRoom: true, confirm: (confirm) => void waiting.push(confirm) };
    }
  }
}

function sent(call: Sending['call'], send: Sending['send'], expect: Sending['expect']): Published {
  const hasRoom = send();
  // Of a channel that does not confirm, nothing more is known.
  const unconfirmed = setImmediate(() => void call.ended({}));
  return {
    hasRoom,
    confirm: (confirm) => {
      clearImmediate(unconfirmed);
      expect((error, ...rest) => {
        void call.ended(error ? endingOf(error) : {}).then(() => confirm?.(error, ...rest));
      });
    },
  };
}

function publication(to: Properties, { connection }: Channel): CallToMake<'messaging'> {
  const { remoteAddress = 'localhost', remotePort = 5672 } = connection.stream;
  return {
    protocol: 'messaging',
    operation: `publish ${destinationOf(to)}`,
    host: remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress,
    port: remotePort,
    said: messageSaid('publish', 'send', to),
  };
}

/** As OpenTelemetry names it. What has no exchange goes to the queue that the key is the name of. */
function destinationOf({ exchange, routingKey }: Message['fields']): string {
  return [exchange, routingKey].filter((each) => each !== '').join(':');
}

function messageSaid(name: string, type: string, to: Message['fields']): readonly Said[] {
  return [
    ['messaging.system', 'rabbitmq'],
    ['messaging.destination.name', destinationOf(to)],
    ['messaging.operation.name', name],
    ['messaging.operation.type', type],
    ['messaging.operation', name],
  ];
}

/** A message of a campaign is consumed as part of it, and told of when what the consumer promises is done. */
function injectingConsumer(consume: Consume, injector: Injector): Consume {
  return (message) => {
    const scope = message && injector.receive((name) => headerOf(message, name));
    if (message === null || !scope) return consume(message);
    const tell = tellingOf(message, scope, injector);
    try {
      const consumed = injector.within(scope, () => consume(message));
      void Promise.resolve(consumed).then(
        () => tell({}),
        (error: unknown) => tell(endingOf(error)),
      );
      return consumed;
    } catch (error) {
      void tell(endingOf(error));
      throw error;
    }
  };
}

function headerOf({ properties }: Message, name: string): string | undefined {
  const value = properties.headers?.[name];
  return typeof value === 'string' || value instanceof Uint8Array ? String(value) : undefined;
}

function tellingOf({ fields }: Message, scope: RequestScope, injector: Injector) {
  const start = now();
  return (ending: Ending): Promise<void> => {
    endScope(scope);
    const request = {
      service: injector.settings.service,
      kind: 'consumer',
      operation: `process ${destinationOf(fields)}`,
      said: messageSaid('process', 'process', fields),
      start,
      calls: callsMade(scope),
    } as const;
    return injector.tell(scope, request, ending);
  };
}
