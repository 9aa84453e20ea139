/**
 * Slightly wrong versions of a handler protocol: each lacks one statement or one guard, as a protocol does whose
 * author forgot it.
 */
import { MESSAGES, TIMERS, type Body, type ProtocolChoice, type Statement } from './language.js';

/** In the order of the handlers: each statement dropped, and each `if` replaced by what it guards. */
export function mutationsOf(choice: ProtocolChoice): readonly ProtocolChoice[] {
  return [
    ...without(choice.onStart).map((onStart) => ({ ...choice, onStart })),
    ...without(choice.onTick).map((onTick) => ({ ...choice, onTick })),
    ...TIMERS.flatMap((timer) =>
      without(choice.onTimer[timer]).map((body) => ({
        ...choice,
        onTimer: { ...choice.onTimer, [timer]: body },
      })),
    ),
    ...MESSAGES.flatMap((message) =>
      without(choice.onMessage[message]).map((body) => ({
        ...choice,
        onMessage: { ...choice.onMessage, [message]: body },
      })),
    ),
  ];
}

/** All statements of all handlers, also those that others guard. */
export function statementsOf({ onStart, onTick, onTimer, onMessage }: ProtocolChoice): readonly Statement[] {
  const bodies = [
    onStart,
    onTick,
    ...TIMERS.map((timer) => onTimer[timer]),
    ...MESSAGES.map((message) => onMessage[message]),
  ];
  return bodies.flatMap(statementsIn);
}

export function statementsIn(body: Body): readonly Statement[] {
  return body.flatMap((statement) =>
    statement.kind === 'if'
      ? [statement, ...statementsIn(statement.then), ...statementsIn(statement.otherwise)]
      : [statement],
  );
}

function without(body: Body): readonly Body[] {
  return body.flatMap((statement, index) => {
    const replaced = (...by: Body) => body.toSpliced(index, 1, ...by);
    if (statement.kind !== 'if') return [replaced()];
    return [
      replaced(),
      replaced(...statement.then),
      ...without(statement.then).map((then) => replaced({ ...statement, then })),
      ...without(statement.otherwise).map((otherwise) => replaced({ ...statement, otherwise })),
    ];
  });
}
