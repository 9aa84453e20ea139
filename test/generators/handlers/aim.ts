/**
 * Properties that the failure-free run satisfies because of what it does. Of properties drawn blindly, most are
 * false whatever happens, or true: faults then have nothing to take away.
 */
import { judgeHandlerRun, type JudgedHandlerRun } from '../../judge/handlers.js';
import { handlerProtocol } from './interpret.js';
import { FIELDS, type Assertion, type Field, type FieldTest, type LocalState } from './language.js';
import type { PropertyChoice, ProtocolChoice, Size } from './language.js';
import { propertyName, sizeOf } from './properties.js';

/** Has `pre` and `post` ask for what the failure-free run ends with, and turns round what it violates all the same. */
export function aimed(choice: ProtocolChoice, size: Size): ProtocolChoice {
  const { views } = failureFree({ ...choice, shows: FIELDS, properties: [] }, size);
  const final = views.at(-1)!.map(({ observed }) => observed as LocalState);
  const properties = choice.properties.map((property) => aimProperty(property, final));
  const { violations } = failureFree({ ...choice, properties }, size);
  const isViolated = (name: string) => violations.some(({ property }) => property === name);
  return {
    ...choice,
    properties: properties.map((one, index) => (isViolated(propertyName(index)) ? reversed(one) : one)),
  };
}

function failureFree(choice: ProtocolChoice, { nodes, bounds }: Size): JudgedHandlerRun {
  return judgeHandlerRun(handlerProtocol(choice, nodes), { nodes, eot: bounds.eot }, []);
}

function reversed(property: PropertyChoice): PropertyChoice {
  const not = (assertion: Assertion): Assertion => ({ kind: 'not', assertion });
  switch (property.kind) {
    case 'always':
    case 'never':
      return { ...property, of: not(property.of) };
    case 'pre and post':
      return { ...property, post: not(property.post) };
    case 'step':
      return { ...property, operator: property.operator === '>=' ? '<' : '>=' };
    case 'leads to':
      // It is too early for it at most of these times.
      return { ...property, when: not(property.when) };
  }
}

function aimProperty(property: PropertyChoice, final: readonly LocalState[]): PropertyChoice {
  switch (property.kind) {
    case 'always':
    case 'never':
    case 'step':
      return property;
    case 'pre and post':
      return {
        ...property,
        pre: aimAssertion(property.pre, final),
        post: aimAssertion(property.post, final),
      };
    case 'leads to':
      return { ...property, then: aimAssertion(property.then, final) };
  }
}

function aimAssertion(assertion: Assertion, final: readonly LocalState[]): Assertion {
  switch (assertion.kind) {
    case 'at':
      return { ...assertion, test: aimTest(assertion.test, [final[assertion.node % final.length]], '===') };
    case 'every':
      return { ...assertion, test: aimTest(assertion.test, final, '>=') };
    case 'some':
    case 'agree':
    case 'crashed':
    case 'late':
    case 'downSince':
    case 'restarted':
    case 'quiet':
    case 'happened':
    case 'constant':
    case 'not':
      return assertion;
    case 'or':
      return { ...assertion, left: aimAssertion(assertion.left, final) };
  }
}

/** The first field from the one tested on of which all states have some, and the least that they have. */
function aimTest(test: FieldTest, states: readonly LocalState[], operator: FieldTest['operator']): FieldTest {
  const least = (field: Field) => Math.min(...states.map((state) => measure(state[field])));
  const first = FIELDS.indexOf(test.field);
  const field = [...FIELDS.slice(first), ...FIELDS.slice(0, first)].find((one) => least(one) > 0);
  return field === undefined ? test : { field, operator, value: least(field) };
}

function measure(value: LocalState[Field]): number {
  return sizeOf(value);
}
