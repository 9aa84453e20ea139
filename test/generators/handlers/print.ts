/** Protocols that are data, as the handlers that one would have written: what a failing property prints. */
import { formatBounds } from '../../../src/injector/bounds.js';
import { MESSAGES, TIMERS, type Assertion, type Body, type Condition, type FieldTest } from './language.js';
import type {
  ElementsAsked,
  Numeric,
  Peer,
  PropertyChoice,
  ProtocolChoice,
  Size,
  Statement,
} from './language.js';
import { propertyName, shownFields } from './properties.js';

export function printProtocol(choice: ProtocolChoice, { nodes, bounds }: Size): string {
  const bodies: readonly (readonly [string, Body])[] = [
    ['onStart', choice.onStart],
    ['onTick', choice.onTick],
    ...TIMERS.map((timer) => [`onTimer '${timer}'`, choice.onTimer[timer]] as const),
    ...MESSAGES.map((message) => [`onMessage '${message}'`, choice.onMessage[message]] as const),
  ];
  return [
    `nodes ${nodes.join(', ')}; bounds ${formatBounds(bounds)}`,
    ...(choice.inRoles ? ['all but the first node are in a role of their own'] : []),
    `init: n is ${choice.ranked ? 'the place of the node' : choice.initial}, and heard ${choice.sets ? 'a set' : 'a list'}`,
    ...(choice.keeps === undefined ? [] : [`keeps: ${choice.keeps.join(', ')}`]),
    ...(choice.tickAtStart ? ['ticks at the start too'] : []),
    `handlers of messages: ${choice.styles[0]}; others: ${choice.styles[1]}`,
    ...bodies.flatMap(([name, body]) => (body.length === 0 ? [] : [`${name}:`, ...printBody(body)])),
    `observe: ${shownFields(choice).join(', ')}`,
    ...choice.properties.flatMap((property, index) => printProperty(property, propertyName(index))),
  ].join('\n');
}

function printBody(body: Body): readonly string[] {
  return body.flatMap(printStatement).map((line) => `  ${line}`);
}

function printStatement(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'assign':
      return [`${statement.counter} = ${printNumeric(statement.to)}`];
    case 'flag':
      return [`flag = ${statement.to}`];
    case 'hear':
      return [`hear ${printPeer(statement.peer)}`];
    case 'merge':
      return ['hear all that were told'];
    case 'forget':
      return ['forget all heard'];
    case 'note':
      return [`note ${printNumeric(statement.value)} of ${printPeer(statement.peer)}`];
    case 'walk': {
      const { of, by, does, operator, value } = statement;
      const added = of === 'log' ? printNumeric(statement.entry) : printPeer(statement.peer);
      const what = does.endsWith('add') ? `${does} ${added}` : does;
      return [`go through ${of} by ${by}, and where ${operator} ${value} ${what}`];
    }
    case 'arrange':
      return [`${statement.by} the log at ${statement.at} with ${printNumeric(statement.entry)}`];
    case 'stop':
      return ['stop'];
    case 'log':
      return [`log ${printNumeric(statement.entry)}`];
    case 'send': {
      const to = statement.to === 'others' ? 'the others' : printPeer(statement.to);
      const heard = statement.tellsHeard ? ', heard' : '';
      return [`send ${statement.message}(${printNumeric(statement.value)}${heard}) to ${to}`];
    }
    case 'set':
      return [`set '${statement.timer}' in ${statement.timesteps}`];
    case 'cancel':
      return [`cancel '${statement.timer}'`];
    case 'if': {
      const otherwise =
        statement.otherwise.length === 0 ? [] : ['otherwise', ...printBody(statement.otherwise)];
      return [`if ${printCondition(statement.condition)}`, ...printBody(statement.then), ...otherwise];
    }
  }
}

function printNumeric(numeric: Numeric): string {
  switch (numeric.kind) {
    case 'constant':
      return `${numeric.value}`;
    case 'counter':
      return numeric.counter;
    case 'time':
    case 'value':
      return numeric.kind;
    case 'heard':
    case 'logged':
      return `number ${numeric.kind}`;
    case 'noted':
      return `noted of ${printPeer(numeric.peer)}`;
    case 'total':
      return 'all that was noted';
    case 'count':
      return printElements(numeric);
    case 'remaining':
      return `remaining '${numeric.timer}'`;
    case 'sum':
      return `${printNumeric(numeric.left)} + ${printNumeric(numeric.right)}`;
  }
}

function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'compare':
      return `${printNumeric(condition.left)} ${condition.operator} ${printNumeric(condition.right)}`;
    case 'flag':
    case 'restarted':
      return condition.kind;
    case 'fault':
      return `fault ${condition.name}`;
    case 'is':
      return `${condition.who} is ${printPeer(condition.peer)}`;
    case 'has heard':
      return `heard ${printPeer(condition.peer)}`;
    case 'some':
    case 'every':
      return printElements(condition);
    case 'not':
      return `not (${printCondition(condition.condition)})`;
  }
}

function printElements({ kind, of, operator, value }: ElementsAsked & { readonly kind: string }): string {
  return `${kind} of ${of} ${operator} ${value}`;
}

function printPeer(peer: Peer): string {
  return typeof peer === 'number' ? `node ${peer}` : peer === 'next' ? 'the next node' : peer;
}

function printProperty(property: PropertyChoice, title: string): readonly string[] {
  const name = `${title}${property.explains ? ' (explained)' : ''}`;
  switch (property.kind) {
    case 'always':
    case 'never':
      return [`${name}: ${property.kind} ${printAssertion(property.of)}`];
    case 'step':
      return [`${name}: ${property.field} ${property.operator} what it was, but for a restart`];
    case 'pre and post':
      return [
        `${name}: pre ${printAssertion(property.pre)}`,
        `${' '.repeat(name.length)}  post ${printAssertion(property.post)}`,
      ];
    case 'leads to':
      return [
        `${name}: ${printAssertion(property.when)}`,
        `${' '.repeat(name.length)}  leads within ${property.within} to ${printAssertion(property.then)}`,
      ];
  }
}

function printAssertion(assertion: Assertion): string {
  switch (assertion.kind) {
    case 'constant':
      return `${assertion.value}`;
    case 'every':
    case 'some':
      return `${assertion.kind} of ${assertion.among} ${printTest(assertion.test)}`;
    case 'agree':
      return `${assertion.among} agree on ${assertion.field}`;
    case 'at':
      return `node ${assertion.node} ${printTest(assertion.test)}`;
    case 'crashed':
      return `node ${assertion.node} crashed`;
    case 'late':
      return `the time ${assertion.operator} ${assertion.time}`;
    case 'downSince':
    case 'restarted':
      return `node ${assertion.node} ${assertion.kind} ${assertion.operator} ${assertion.time}`;
    case 'quiet':
      return `quiet for ${assertion.timesteps}`;
    case 'happened':
      return `${assertion.fault ?? 'anything'} happened`;
    case 'not':
      return `not (${printAssertion(assertion.assertion)})`;
    case 'or':
      return `(${printAssertion(assertion.left)} or ${printAssertion(assertion.right)})`;
  }
}

function printTest({ field, operator, value }: FieldTest): string {
  return `${field} ${operator} ${value}`;
}
