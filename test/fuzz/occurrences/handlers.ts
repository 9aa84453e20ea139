/** What a random handler protocol exercises: a fuzzer shows by it that it does what it claims. */
import {
  TIMERS,
  assertionsOf,
  type Assertion,
  type Body,
  type Condition,
  type ProtocolChoice,
  type PropertyChoice,
  type Statement,
} from '../../generators/handlers/language.js';
import { statementsIn, statementsOf } from '../../generators/handlers/mutations.js';

const FEATURES: Readonly<Record<string, (choice: ProtocolChoice) => boolean>> = {
  'a message': (choice) => statementsOf(choice).some(isSend),
  'a message that answers a message': ({ onMessage }) => Object.values(onMessage).some(sends),
  'a timer that is set': (choice) =>
    statementsOf(choice).some((one) => one.kind === 'set' && choice.onTimer[one.timer].length > 0),
  'a timer that is cancelled': (choice) => statementsOf(choice).some(({ kind }) => kind === 'cancel'),
  'a quorum': (choice) => conditionsOf(choice).some(countsWhoWasHeard),
  'a retry, at a tick or when a timer fires': ({ onTick, onTimer }) =>
    sends(onTick) || TIMERS.some((timer) => sends(onTimer[timer])),
  'a handler that changes its state': ({ styles }) => styles.includes('changes'),
  'handlers in both styles': ({ styles }) => new Set(styles).size > 1,
  'a set': ({ sets }) => sets,
  'a map': (choice) => statementsOf(choice).some(({ kind }) => kind === 'note'),
  'a fault by name': (choice) => conditionsOf(choice).some(asksForFault),
  'a handler that ends early': (choice) => statementsOf(choice).some(({ kind }) => kind === 'stop'),
  'a log': (choice) => statementsOf(choice).some(({ kind }) => kind === 'log'),
  'a message that tells whom a node heard': (choice) =>
    statementsOf(choice).some((one) => one.kind === 'send' && one.tellsHeard),
  'a property that holds always': has('always'),
  'a property of what never happens': has('never'),
  'a property of steps': has('step'),
  'a property that leads to something': has('leads to'),
  'two properties': ({ properties }) => properties.length > 1,
  'who has crashed': ({ properties }) => properties.flatMap(assertionsOf).some(readsCrashes),
};

function has(wanted: PropertyChoice['kind']): (choice: ProtocolChoice) => boolean {
  return ({ properties }) => properties.some(({ kind }) => kind === wanted);
}

export const HANDLER_FEATURES: readonly string[] = Object.keys(FEATURES);

export function featuresOfHandlers(choice: ProtocolChoice): readonly string[] {
  return HANDLER_FEATURES.filter((name) => FEATURES[name](choice));
}

function isSend({ kind }: Statement): boolean {
  return kind === 'send';
}

function sends(body: Body): boolean {
  return statementsIn(body).some(isSend);
}

function conditionsOf(choice: ProtocolChoice): readonly Condition[] {
  return statementsOf(choice).flatMap((one) => (one.kind === 'if' ? [one.condition] : []));
}

function asksForFault(condition: Condition): boolean {
  return condition.kind === 'not' ? asksForFault(condition.condition) : condition.kind === 'fault';
}

function countsWhoWasHeard(condition: Condition): boolean {
  if (condition.kind === 'not') return countsWhoWasHeard(condition.condition);
  return (
    condition.kind === 'compare' && (condition.left.kind === 'heard' || condition.right.kind === 'heard')
  );
}

/** Among those that have not crashed, too. */
function readsCrashes(assertion: Assertion): boolean {
  switch (assertion.kind) {
    case 'crashed':
      return true;
    case 'every':
    case 'some':
    case 'agree':
      return assertion.among === 'correct';
    case 'constant':
    case 'at':
      return false;
    case 'not':
      return readsCrashes(assertion.assertion);
    case 'or':
      return readsCrashes(assertion.left) || readsCrashes(assertion.right);
  }
}
