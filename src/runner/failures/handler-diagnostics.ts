/**
 * What went wrong in a handler, told to its author: the call, the state and the faults that led there, the line,
 * and what to do.
 */
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { FAULT_NAME_EXPECTED } from '../../model/bounds.js';
import { nearest, suggest } from '../../model/text/suggest.js';
import type { DiagnosticCode } from '../../model/diagnostics/codes.js';
import { diagnostic, type Diagnostic, type DiagnosticNote } from '../../model/diagnostics/diagnostics.js';
import { tellData } from '../../model/handlers/containers.js';
import {
  describeCall,
  handlerField,
  thrownText,
  type HandlerCall,
  type HandlerError,
  type HandlerProblem,
  type PropertyPart,
} from '../../model/handlers/errors.js';
import { LONGEST_TEXT } from '../../model/handlers/plain.js';
import type { Context, MessageLike, NodeView } from '../../model/handlers/protocol.js';
import { formatNodeNames } from '../../model/text/node-names.js';
import { fieldWithin } from '../../model/diagnostics/place.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import { displayPath } from '../files/file-system.js';
import { formatData } from '../../model/text/data.js';
import { formatCount, listed } from '../../model/text/numbers.js';
import { throwPlace } from '../files/failure.js';
import { describeValue } from '../shape.js';

/** What is told of a problem. */
interface Explanation {
  readonly code: DiagnosticCode;
  /** What the handler did, as the rest of a sentence about the call. */
  readonly what: string;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
}

/** Columns of a state or a message. */
const DATA_WIDTH = 160;

/**
 * Its place is one that nobody has read: whoever may read files shows the text of the line.
 *
 * @param faults the least fault set that leads to the call; undefined where it is not known
 * @param definition the line that defined the protocol
 */
export function diagnoseHandler(
  failure: HandlerError,
  faults: FaultSet | undefined,
  definition: SourceSpan | undefined,
): Diagnostic {
  const { call, problem } = failure;
  const { code, what, expected, hint } = explain(problem, call);
  return diagnostic(code, `${describeCall(call)} ${what}`, {
    span: placeOf(failure, definition),
    notes: notesOn(call, faults),
    expected,
    hint,
  });
}

/** The line of the handler that went wrong; where no stack leads there, the handler. No file is read for it. */
function placeOf(failure: HandlerError, definition: SourceSpan | undefined): SourceSpan | undefined {
  const place =
    placeOfThrown(errorWithin(failure)) ??
    (definition && fieldWithin(definition, handlerField(failure.call.event, failure.call.role)));
  return place && { ...place, source: { ...place.source, name: displayPath(place.source.name) } };
}

/** Undefined where what was thrown does not tell. */
function placeOfThrown(error: unknown): SourceSpan | undefined {
  try {
    return error instanceof Error ? throwPlace(error) : undefined;
  } catch {
    return undefined;
  }
}

/** What was thrown while the handler ran, so that its stack has the line. */
function errorWithin(failure: HandlerError): unknown {
  switch (failure.problem.kind) {
    case 'threw':
      return failure.problem.error;
    case 'forbidden':
      return failure.problem.error;
    case 'unknown node':
    case 'unknown message':
    case 'bad timer':
    case 'bad fault':
    case 'bad operation':
    case 'too late':
      return failure;
    case 'impure':
    case 'not plain':
    case 'too long':
    case 'two states':
    case 'nothing begun':
    case 'no judgement':
    case 'endless':
      return undefined;
  }
}

function notesOn(call: HandlerCall, faults: FaultSet | undefined): readonly DiagnosticNote[] {
  const { event, state } = call;
  const none = 'none are needed';
  return [
    ...(event.kind === 'message'
      ? [{ label: 'message', text: `${formatData(tellData(event.message), DATA_WIDTH)} from ${event.from}` }]
      : []),
    ...(event.kind === 'property' && event.part === 'linearizable' ? notesOnModel(state) : []),
    ...(event.kind === 'property' && event.part !== 'linearizable'
      ? [{ label: 'observed', text: formatViews(state as readonly NodeView<string, unknown>[], event.part) }]
      : []),
    ...(event.kind === 'init' || event.kind === 'property'
      ? []
      : [{ label: 'state', text: formatData(tellData(state), DATA_WIDTH) }]),
    ...(event.kind === 'init' || faults === undefined
      ? []
      : [{ label: 'faults', text: faults.length === 0 ? none : formatSchedule(faults) }]),
  ];
}

/** What the model was asked about; undefined where it was not. */
function notesOnModel(asked: unknown): readonly DiagnosticNote[] {
  return asked === undefined ? [] : [{ label: 'asked', text: formatData(tellData(asked), DATA_WIDTH) }];
}

/** Of a step, how one node was, and how it is then. */
function formatViews(views: readonly NodeView<string, unknown>[], part: PropertyPart): string {
  const entries = views.map(({ node, observed, crashed }, index) => [
    [node, ...(crashed ? ['(crashed)'] : []), ...(part === 'step' && index === 1 ? ['then'] : [])].join(' '),
    observed,
  ]);
  return formatData(tellData(Object.fromEntries(entries)), DATA_WIDTH);
}

function explain(problem: HandlerProblem, call: HandlerCall): Explanation {
  switch (problem.kind) {
    case 'threw':
      return explainThrown(problem.error);
    case 'forbidden':
      return {
        code: 'RUN313',
        what: `uses ${problem.error.what}, which no function of its input does`,
        hint: problem.error.instead,
      };
    case 'impure':
      return {
        code: 'RUN302',
        what: `is no function of its input: called twice with the same, it gave ${formatData(tellData(problem.first), DATA_WIDTH)} and then ${formatData(tellData(problem.second), DATA_WIDTH)} in ${problem.path}`,
        hint: 'use only the state, the event and the context: what is to be remembered belongs in the state, not in a variable outside',
      };
    case 'not plain':
      return {
        code: 'RUN303',
        what: `gives what is no plain data: ${describeCulprit(problem)} is ${problem.found}`,
        hint: problem.hint,
      };
    case 'too long':
      return {
        code: 'RUN312',
        what: `gives what is too long: ${problem.what} has ${formatCount(problem.length)} characters as JSON`,
        expected: `at most ${formatCount(LONGEST_TEXT)}`,
        hint: 'keep what the protocol decides by, not all that ever happened',
      };
    case 'unknown node':
      return {
        code: 'RUN304',
        what: `sends to ${describeValue(problem.to)}, which is no node`,
        expected: `one of ${formatNodeNames(problem.nodes, ', ')}`,
        hint: typeof problem.to === 'string' ? suggest(problem.to, problem.nodes) : undefined,
      };
    case 'unknown message':
      return explainMessage(problem);
    case 'bad timer':
      return explainTimer(problem);
    case 'bad fault':
      return {
        code: 'RUN315',
        what: `asks for the fault ${describeValue(problem.name)}`,
        expected: FAULT_NAME_EXPECTED,
      };
    case 'bad operation':
      return {
        code: 'RUN316',
        what: `begins the operation ${describeValue(problem.operation)}`,
        expected: 'an object with a `type`, such as `{ type: "read" }`',
      };
    case 'nothing begun':
      return {
        code: 'RUN317',
        what: `is asked about ${problem.node}, which completes an operation${problem.result === undefined ? '' : ` with ${formatData(tellData(problem.result), DATA_WIDTH)}`} and has begun none`,
        hint: 'an answer may come twice: call `complete` only where the state says that the node waits for it',
      };
    case 'no judgement':
      return {
        code: 'RUN307',
        what: `returned ${describeValue(problem.returned)}`,
        expected: '`true` or `false`; of all functions but `pre` and `when` also a sentence that says why',
        hint: hintOnJudgement(problem.returned),
      };
    case 'too late':
      return {
        code: 'RUN308',
        what: `used its ${problem.what} after it had returned`,
        hint:
          problem.what === 'context'
            ? 'send, and set timers, before the handler returns: not in a callback, nor after an `await`'
            : 'keep what is needed of it in the state, not in a variable outside',
      };
    case 'two states':
      return {
        code: 'RUN314',
        what: 'changes its state and returns another',
        hint: 'do one or the other: assign to fields of the state, or leave it alone and return a new one; an arrow function returns its expression, unless that is in braces',
      };
    case 'endless':
      return {
        code: 'RUN309',
        what: 'does not return: the time budget ended in it, and called alone it ran for another second',
        hint: `look for a loop that has no end${call.event.kind === 'init' ? '' : ' for this input'}`,
      };
  }
}

function explainThrown(error: unknown): Explanation {
  const text = thrownText(error);
  if (text === undefined) return { code: 'RUN301', what: `throws ${describeThrown(error)}` };
  if (WRITES_TO_FROZEN.test(text)) {
    return {
      code: 'RUN310',
      what: `changes what it was given: ${firstLine(text.replace(/^TypeError: /, ''))}`,
      hint: 'other runs share it: copy what is to be changed, such as `[...votes].sort()`; the state alone, which a handler is given, may be changed',
    };
  }
  return {
    code: 'RUN301',
    what: `throws ${firstLine(text)}`,
    hint: /^RangeError: .*call stack/.test(text) ? 'it calls itself without end' : hintOnContext(text),
  };
}

/** What a handler's context has. */
const CONTEXT: readonly (keyof Context<string, MessageLike>)[] = [
  'self',
  'nodes',
  'time',
  'restarted',
  'timers',
  'fault',
  'send',
  'broadcast',
  'invoke',
  'complete',
];

/** Where something is called that a context might have, and has not. */
function hintOnContext(text: string): string | undefined {
  const [, name] = /^TypeError: (?:(?:context|ctx)\.)?(\w+) is not a function/.exec(text) ?? [];
  if (name === undefined || CONTEXT.some((known) => known === name)) return undefined;
  return (
    suggest(name, CONTEXT) ??
    `a handler’s context has ${listed(CONTEXT)}; \`timers.set(name, timesteps)\` sets a timer`
  );
}

/** As V8 words it; there is no code to know these errors by. */
const WRITES_TO_FROZEN =
  /^TypeError: (?:Cannot assign to read only property|.*object is not extensible$|Cannot delete property|Cannot redefine property|Cannot change a set or a map)/m;

/** Not only an error may be thrown, nor need it let itself be read. */
function describeThrown(error: unknown): string {
  try {
    return describeValue(error);
  } catch {
    return 'an object';
  }
}

/** `the next state`, or `in the next state, votes[2]` */
function describeCulprit({ what, path }: Extract<HandlerProblem, { kind: 'not plain' }>): string {
  return path === '' ? what : `in ${what}, ${path.replace(/^\./, '')}`;
}

function explainMessage({
  message,
  types,
  role,
}: Extract<HandlerProblem, { kind: 'unknown message' }>): Explanation {
  const expected =
    types.length === 0 ? undefined : `one of ${types.map((type) => JSON.stringify(type)).join(', ')}`;
  const where = role === undefined ? '`onMessage`' : `\`onMessage\` of ${role}, the role of its destination,`;
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    return {
      code: 'RUN305',
      what: `sends ${describeValue(message)}, which has no \`type\``,
      expected: 'an object with a `type` that a handler in `onMessage` receives',
      hint: types.length === 0 ? undefined : `such as \`{ type: ${JSON.stringify(types[0])} }\``,
    };
  }
  const { type } = message;
  return {
    code: 'RUN305',
    what: `sends a message of the type ${describeValue(type)}, which no handler in ${where} receives`,
    expected,
    hint: typeof type === 'string' ? hintOnType(type, types, role) : undefined,
  };
}

/** A handler that is not there yet is as likely as a slip. */
function hintOnType(type: string, types: readonly string[], role: string | undefined): string {
  const near = nearest(type, types);
  const meant = near === undefined ? '' : `, unless \`${near}\` is meant`;
  return `add \`${type}\` to \`onMessage\`${role === undefined ? '' : ` of ${role}`}${meant}`;
}

function explainTimer({
  name,
  timesteps,
  missing,
}: Extract<HandlerProblem, { kind: 'bad timer' }>): Explanation {
  if (typeof name !== 'string') {
    return {
      code: 'RUN306',
      what: `sets a timer whose name is ${describeValue(name)}`,
      expected: 'a string',
    };
  }
  const timer = JSON.stringify(name);
  if (missing) {
    return {
      code: 'RUN306',
      what: `sets the timer ${timer}, but the protocol has no \`onTimer\``,
      hint: 'add `onTimer(state, name, context)` to the handlers',
    };
  }
  return {
    code: 'RUN306',
    what: `sets the timer ${timer} to ${describeValue(timesteps)} timesteps`,
    expected: 'a whole number from 1',
  };
}

function hintOnJudgement(returned: unknown): string | undefined {
  if (returned === undefined) return 'is a `return` missing?';
  if (returned instanceof Promise) return 'properties are synchronous: leave out `async`';
  return undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}
