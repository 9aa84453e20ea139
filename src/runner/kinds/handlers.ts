/** Node handlers: their author's code, which runs among traps, may never end, and cannot be printed. */
import type { HandlerProtocol } from '../../model/handlers/protocol.js';
import { defaultHandlerBudgets, defaultHandlerTimeout } from '../guard/budgets.js';
import { Traps } from '../guard/traps.js';
import { aFunction, anything, isRecord, optional, type FieldTable, type ShapeReader } from '../shape.js';
import { HandlerSubject } from '../subjects/handlers.js';
import type { ProtocolKind } from './kind.js';

export const handlerKind: ProtocolKind<HandlerProtocol, HandlerProtocol> = {
  kind: 'handlers',
  fields: { handlers: anything, specification: anything },
  validate(reader, { handlers, specification }) {
    if (handlers === undefined) {
      nothingGiven(reader);
      return;
    }
    validateHandlers(reader, handlers);
    validateSpecification(reader, specification);
  },
  prepare: (protocol) => ({ protocol, diagnostics: [] }),
  budgets: defaultHandlerBudgets,
  timeout: defaultHandlerTimeout,
  crossing: undefined,
  certifiedByDiagram: true,
  subject: (protocol, options) => new HandlerSubject(protocol, options),
  watched(protocol) {
    const traps = new Traps();
    return { protocol: traps.watch(protocol), during: (work) => traps.during(work) };
  },
  identity: (_, file) => file,
  definition: ({ span }) => span,
  program: () => undefined,
  undeclared: () => [],
  delivered: undefined,
  askable: ({ specification }) => ({ relations: new Map(), properties: Object.keys(specification) }),
  warnings: () => [],
};

const HANDLERS: FieldTable = {
  messages: optional(anything),
  init: aFunction,
  keep: optional(aFunction),
  restore: optional(aFunction),
  onStart: optional(aFunction),
  onTick: optional(aFunction),
  onMessage: anything,
  onTimer: optional(aFunction),
  observe: aFunction,
};

const AT_THE_END: FieldTable = { pre: aFunction, post: aFunction };
const ALWAYS: FieldTable = { always: aFunction };

/** What says of no kind that it is of it is taken for handlers by `defineScenario`. */
function nothingGiven(reader: ShapeReader): void {
  if (reader.isMisspelt(['handlers']) || reader.isMisspelt(['rules'])) return;
  reader.wrong(['handlers'], undefined, '`handlers`, or `rules`');
}

function validateHandlers(reader: ShapeReader, handlers: unknown): void {
  if (!reader.object(handlers, ['handlers'], HANDLERS)) return;
  const path = ['handlers', 'onMessage'];
  const { keep, restore, onMessage } = handlers;
  if (keep === undefined && restore !== undefined)
    reader.wrong(
      ['handlers', 'keep'],
      keep,
      'a function, as there is `restore`: what of a state outlives an outage',
    );
  if (keep !== undefined && restore === undefined)
    reader.wrong(
      ['handlers', 'restore'],
      restore,
      'a function, as there is `keep`: the state made of what was kept',
    );
  if (!isRecord(onMessage))
    reader.wrong(path, onMessage, 'an object with a function for each type of message');
  else
    for (const [type, handler] of Object.entries(onMessage))
      reader.field(handler, [...path, type], aFunction);
}

function validateSpecification(reader: ShapeReader, specification: unknown): void {
  const path = ['specification'];
  if (!isRecord(specification) || Object.keys(specification).length === 0) {
    reader.wrong(path, specification, 'an object with a property, such as `agreement: { pre, post }`');
    return;
  }
  for (const [name, property] of Object.entries(specification)) {
    const always = isRecord(property) && 'always' in property;
    reader.object(property, [...path, name], always ? ALWAYS : AT_THE_END);
  }
}
