/** Node handlers: their author's code, which runs among traps, may never end, and cannot be printed. */
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { fieldWithin } from '../../model/diagnostics/place.js';
import { mended } from '../../model/handlers/changes/change.js';
import { changesOfHandlers } from '../../model/handlers/changes/changes.js';
import { innermost } from '../../model/handlers/combinators/layer.js';
import { NodeRoles } from '../../model/handlers/node-roles.js';
import { sortedProperties } from '../../model/handlers/properties.js';
import type { HandlerProtocol } from '../../model/handlers/protocol.js';
import { formatNodeNames } from '../../model/text/node-names.js';
import { suggest } from '../../model/text/suggest.js';
import { locateDiagnostic } from '../files/sources.js';
import { defaultHandlerBudgets, defaultHandlerTimeout } from '../guard/budgets.js';
import { Traps } from '../guard/traps.js';
import {
  aFunction,
  anything,
  isRecord,
  optional,
  type Field,
  type FieldTable,
  type ShapeReader,
} from '../shape.js';
import { HandlerSubject } from '../subjects/handlers.js';
import type { ProtocolKind } from './kind.js';

export const handlerKind: ProtocolKind<HandlerProtocol, HandlerProtocol> = {
  kind: 'handlers',
  forms: [
    { by: 'handlers', fields: { handlers: anything, specification: anything } },
    {
      by: 'roles',
      fields: {
        messages: anything,
        operations: optional(anything),
        roles: anything,
        specification: anything,
      },
    },
  ],
  validate(reader, { handlers, roles, placement, specification }) {
    if (handlers === undefined && roles === undefined) {
      nothingGiven(reader);
      return;
    }
    if (roles === undefined) validateHandlers(reader, handlers, ['handlers'], HANDLERS);
    else validateRoles(reader, roles, placement);
    validateSpecification(reader, specification);
  },
  prepare(protocol, { nodes, read }) {
    const diagnostics = withoutRole(protocol, nodes).map((wrong) => locateDiagnostic(wrong, read));
    return { protocol: diagnostics.length > 0 ? undefined : protocol, diagnostics };
  },
  budgets: defaultHandlerBudgets,
  timeout: defaultHandlerTimeout,
  crossing: undefined,
  certifiedByDiagram: true,
  subject: (protocol, options) => new HandlerSubject(protocol, options),
  watched(protocol) {
    const traps = new Traps();
    return { protocol: traps.watch(protocol), during: (work) => traps.during(work), endless: true };
  },
  identity: (_, file) => file,
  definition: ({ span }) => span,
  program: () => undefined,
  changes(protocol, { nodes, outages, run }) {
    const roles = new NodeRoles(protocol, nodes);
    const begun = nodes.map((node) => innermost(roles.handlersOf(node)).init(node, nodes));
    const fields = new Set(begun.flatMap((state) => (isRecord(state) ? Object.keys(state) : [])));
    const messages = run.messages.filter(({ from, to }) => from !== to);
    return changesOfHandlers({ messages, fields: [...fields], outages }).map((change) => ({
      change,
      protocol: mended(protocol, change),
    }));
  },
  carried: () => new Set(),
  undeclared: withoutRole,
  delivered: undefined,
  roles: (protocol) => (protocol.roles === undefined ? undefined : protocol.placement),
  askable: ({ specification }) => ({ relations: new Map(), properties: Object.keys(specification) }),
  warnings: ({ specification }, { eot }) =>
    sortedProperties(specification).leads.flatMap(([name, { leadsTo }]) => neverAsked(name, leadsTo, eot)),
};

const OF_A_ROLE: FieldTable = {
  init: aFunction,
  keep: optional(aFunction),
  restore: optional(aFunction),
  onStart: optional(aFunction),
  tickAtStart: {
    optional: true,
    expected: 'true or false',
    accepts: (value) => typeof value === 'boolean',
  },
  onTick: optional(aFunction),
  onMessage: anything,
  onTimer: optional(aFunction),
  observe: aFunction,
};
const HANDLERS: FieldTable = { messages: optional(anything), operations: optional(anything), ...OF_A_ROLE };
const LISTS_BY_ROLE =
  "an object with a list of nodes for each role, such as { client: ['a'], server: ['b', 'c'] }";

/** Forms of properties, by the field that tells each. */
const FORMS: Readonly<Record<string, FieldTable>> = {
  always: { always: aFunction },
  never: { never: aFunction },
  step: { step: aFunction },
  leadsTo: { leadsTo: anything },
  linearizable: { linearizable: anything },
  pre: { pre: aFunction, post: aFunction },
};
const OF_ANY_FORM: FieldTable = Object.assign({}, ...Object.values(FORMS)) as FieldTable;
const LEADS_TO: FieldTable = {
  when: aFunction,
  then: aFunction,
  within: {
    expected: 'a whole number of timesteps, from 0',
    accepts: (value) => Number.isInteger(value) && (value as number) >= 0,
  },
};

const MODEL: FieldTable = { initial: optional(anything), step: aFunction, part: optional(aFunction) };

/** What says of no kind that it is of it is taken for handlers by `defineScenario`. */
function nothingGiven(reader: ShapeReader): void {
  if (['handlers', 'roles', 'rules'].some((field) => reader.isMisspelt([field]))) return;
  reader.wrong(['handlers'], undefined, '`handlers`, `roles`, or `rules`');
}

function validateRoles(reader: ShapeReader, roles: unknown, placement: unknown): void {
  if (!isRecord(roles) || Object.keys(roles).length === 0) {
    reader.wrong(['roles'], roles, 'an object with the handlers of each role');
    return;
  }
  for (const [role, handlers] of Object.entries(roles))
    validateHandlers(reader, handlers, ['roles', role], OF_A_ROLE);
  if (!isRecord(placement)) {
    reader.wrong(['nodes'], placement, LISTS_BY_ROLE);
    return;
  }
  reader.names(Object.keys(placement), ['nodes'], recordOf(Object.keys(roles), NODES_OF_A_ROLE));
  for (const role of Object.keys(roles)) reader.field(placement[role], ['nodes', role], NODES_OF_A_ROLE);
}

const NODES_OF_A_ROLE: Field = {
  expected: "a list of nodes, such as ['a', 'b']",
  accepts: (value) => Array.isArray(value) && value.every((node) => typeof node === 'string' && node !== ''),
};

function recordOf(names: readonly string[], field: Field): FieldTable {
  return Object.fromEntries(names.map((name) => [name, field]));
}

/** A warning, where no time is left for what a property leads to. */
function neverAsked(
  property: string,
  { within }: { readonly within: number },
  eot: number,
): readonly Diagnostic[] {
  if (within < eot) return [];
  const message = `property ${property} leads to something within ${within} timesteps, and EOT is ${eot}: it is never asked`;
  return [diagnostic('RUN219', message, { expected: `\`within\` from 0 to ${eot - 1}` })];
}

/** Errors, where nodes are in no role of a protocol that has roles. */
function withoutRole(protocol: HandlerProtocol, nodes: readonly string[]): readonly Diagnostic[] {
  if (protocol.roles === undefined) return [];
  const placed = Object.values(protocol.placement).flat();
  return nodes
    .filter((node) => !placed.includes(node))
    .map((node) =>
      diagnostic('RUN218', `${JSON.stringify(node)} has no role, so that it is not known what it does`, {
        span: protocol.span && fieldWithin(protocol.span, ['nodes']),
        expected: `nodes of ${formatNodeNames(placed, ', ')}`,
        hint: suggest(node, placed) ?? 'give it a role in the `nodes` of the scenario',
      }),
    );
}

function validateHandlers(
  reader: ShapeReader,
  handlers: unknown,
  at: readonly string[],
  fields: FieldTable,
): void {
  if (!reader.object(handlers, at, fields)) return;
  const path = [...at, 'onMessage'];
  const { keep, restore, onMessage } = handlers;
  if (keep === undefined && restore !== undefined)
    reader.wrong(
      [...at, 'keep'],
      keep,
      'a function, as there is `restore`: what of a state outlives an outage',
    );
  if (keep !== undefined && restore === undefined)
    reader.wrong(
      [...at, 'restore'],
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
  for (const [name, property] of Object.entries(specification))
    validateProperty(reader, property, [...path, name]);
}

function validateProperty(reader: ShapeReader, property: unknown, path: readonly string[]): void {
  if (!isRecord(property) || Object.keys(property).length === 0) {
    reader.wrong(
      path,
      property,
      'an object with pre and post, or with one of always, never, step, leadsTo and linearizable',
    );
    return;
  }
  if (Object.keys(LEADS_TO).some((part) => part in property)) {
    reader.wrong(path, property, 'these fields within one: `{ leadsTo: { when, then, within } }`');
    return;
  }
  const form = Object.keys(FORMS).find((field) => field in property);
  if (form === undefined && !('post' in property)) reader.names(Object.keys(property), path, OF_ANY_FORM);
  else reader.object(property, path, FORMS[form ?? 'pre']);
  if (form === 'leadsTo') reader.object(property.leadsTo, [...path, form], LEADS_TO);
  if (form === 'linearizable') validateModel(reader, property.linearizable, [...path, form]);
}

function validateModel(reader: ShapeReader, model: unknown, path: readonly string[]): void {
  if (isRecord(model)) reader.object(model, path, MODEL);
  else
    reader.wrong(
      path,
      model,
      'a model, such as `models.register(0)`, or an object with `initial` and `step`',
    );
}
