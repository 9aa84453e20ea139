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
  'a question about all elements of a container': (choice) =>
    statementsOf(choice).some((one) => JSON.stringify(one).match(/"kind":"(count|some|every)"/) !== null),
  'a container that is changed while one goes through it': (choice) =>
    statementsOf(choice).some((one) => one.kind === 'walk' && one.does !== 'end'),
  'a list that is put in another order, or cut': (choice) =>
    statementsOf(choice).some(({ kind }) => kind === 'arrange'),
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
  'the nodes of a role, of which there are others': ({ inRoles, properties }) =>
    inRoles && properties.flatMap(assertionsOf).flatMap(partsOf).some(isOfOthers),
  'who has crashed': ({ properties }) => properties.flatMap(assertionsOf).some(readsCrashes),
  'the time, or faults whatever they do': ({ properties }) =>
    properties.flatMap(assertionsOf).some(readsHistory),
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

/** The parts that an assertion is made of. */
function partsOf(assertion: Assertion): readonly Assertion[] {
  if (assertion.kind === 'not') return partsOf(assertion.assertion);
  if (assertion.kind === 'or') return [...partsOf(assertion.left), ...partsOf(assertion.right)];
  return [assertion];
}

function isOfOthers(assertion: Assertion): boolean {
  return 'among' in assertion && assertion.among === 'others';
}

/** Among those that have not crashed, too. */
function readsCrashes(assertion: Assertion): boolean {
  return partsOf(assertion).some(
    (part) => part.kind === 'crashed' || ('among' in part && part.among === 'correct'),
  );
}

const OF_HISTORY = new Set<Assertion['kind']>(['late', 'downSince', 'restarted', 'quiet', 'happened']);

function readsHistory(assertion: Assertion): boolean {
  return partsOf(assertion).some(({ kind }) => OF_HISTORY.has(kind));
}
