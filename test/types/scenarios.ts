/** What the compiler takes and refuses of scenarios; see `handlers.ts`. */
import { dedalus, defineScenario, type } from '../../src/index.js';

const rules = dedalus`pre(X) :- seen(X); post(X) :- seen(X); seen("a")@1;`;
const common = { name: 'either', nodes: ['a'], bounds: { eot: 3, eff: 1, crashes: 0 } } as const;

export const byRules = defineScenario({ ...common, rules });

const handlers = {
  messages: type<{ readonly type: 'any' }>(),
  init: () => 0,
  onMessage: { any() {} },
  observe: (state: number) => state,
};
const specification = { small: { always: () => true } };

export const byHandlers = defineScenario({ ...common, handlers, specification });

// @ts-expect-error Rules derive `pre` and `post` themselves.
export const rulesAndProperties = defineScenario({ ...common, rules, specification });

// @ts-expect-error It is the one or the other.
export const both = defineScenario({ ...common, rules, handlers, specification });

// @ts-expect-error Handlers say nothing of what has to hold.
export const unspecified = defineScenario({ ...common, handlers });
