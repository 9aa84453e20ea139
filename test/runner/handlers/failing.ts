/** Scenarios whose handlers fail, each in its own way, as their authors would write them. */

export interface FailingScenario {
  readonly name: string;
  /** Of a module. */
  readonly text: string;
  /** Milliseconds, where one has to wait for it. */
  /** Whether it is a call that does not return. */
  readonly endless?: true;
}

/** What a scenario says that is not as usual. */
interface Parts {
  readonly init?: string;
  readonly start?: string;
  readonly receive?: string;
  readonly more?: string;
  readonly observe?: string;
  readonly specification?: string;
  readonly before?: string;
}

/** A node asks two others, who answer. */
function scenarioOf({
  init = 'init: () => ({ answers: [] }),',
  start = "if (context.self === 'host') context.broadcast({ type: 'ask' });",
  receive = 'return { answers: [...state.answers, context.from] };',
  more = '',
  observe = 'observe: (state) => state.answers.length,',
  specification = 'answered: { pre: () => true, post: () => true },',
  before = '',
}: Parts): string {
  const lines = `import { defineScenario, type } from 'ldfi';
${before}
export default defineScenario({
  name: 'poll',
  nodes: ['host', 'ann', 'bob'],
  bounds: { eot: 4, eff: 3, crashes: 1 },
  handlers: {
    messages: type(),
    ${init}
    onStart(state, context) {
      ${start}
    },
    onMessage: {
      ask: (state, message, context) => context.send(context.from, { type: 'answer', yes: true }),
      answer(state, message, context) {
        ${receive}
      },
    },
    ${more}
    ${observe}
  },
  specification: {
    ${specification}
  },
});
`;
  return lines.replace(/^ *\n/gm, '');
}

export const failing: readonly FailingScenario[] = [
  {
    name: 'a handler throws only where a message was lost',
    text: scenarioOf({
      receive:
        "if (context.from === 'bob') return { answers: [state.answers[0].trim(), 'bob'] };\n        return { answers: ['ann'] };",
    }),
  },
  { name: 'init throws', text: scenarioOf({ init: "init: () => { throw new Error('no memory'); }," }) },
  { name: 'a handler throws text', text: scenarioOf({ start: "throw 'oh no';" }) },
  {
    name: 'a handler calls itself without end',
    text: scenarioOf({ before: 'const count = (n) => count(n + 1);', start: 'count(0);' }),
  },
  {
    name: 'a handler calls what its context has not',
    text: scenarioOf({ start: "context.setTimer('patience', 3);" }),
  },
  { name: 'observe throws', text: scenarioOf({ observe: 'observe: (state) => state.answers[0].length,' }) },
  {
    name: 'a property throws',
    text: scenarioOf({
      specification: "answered: { pre: ({ at }) => at('carl').observed > 0, post: () => true },",
    }),
  },
  {
    name: 'a handler changes its state and returns another',
    text: scenarioOf({ receive: 'return state.answers.push(context.from);' }),
  },
  {
    name: 'a handler changes its message',
    text: scenarioOf({ receive: 'message.yes = false;' }),
  },
  {
    name: 'observe changes the state',
    text: scenarioOf({ observe: 'observe: (state) => state.answers.sort().length,' }),
  },
  {
    name: 'a handler draws random numbers',
    text: scenarioOf({
      before: 'let random = 0;',
      receive: 'return { answers: [context.from], random: ++random };',
    }),
  },
  {
    name: 'what is sent depends on a variable outside',
    text: scenarioOf({
      before: 'let count = 0;',
      start: "context.send('ann', { type: 'answer', count: count++ });",
    }),
  },
  {
    name: 'observe counts its calls',
    text: scenarioOf({ before: 'let calls = 0;', observe: 'observe: () => calls++,' }),
  },
  {
    name: 'a handler looks at the clock',
    text: scenarioOf({ receive: 'return { answers: [Date.now()] };' }),
  },
  {
    name: 'a handler catches what it is told',
    text: scenarioOf({ start: "try { fetch('https://example.org'); } catch {}" }),
  },
  {
    name: 'a property draws random numbers',
    text: scenarioOf({ specification: 'answered: { always: () => Math.random() < 0.9 },' }),
  },
  {
    name: 'the state is an array of thirty million holes',
    text: scenarioOf({ start: 'return new Array(3e7);' }),
  },
  { name: 'the state has holes', text: scenarioOf({ receive: 'return { answers: new Array(3) };' }) },
  {
    name: 'the state has a getter that throws',
    text: scenarioOf({ start: "return { get answers() { throw new Error('no answers'); } };" }),
  },
  {
    name: 'the state is a proxy that throws',
    text: scenarioOf({ start: "return new Proxy({}, { ownKeys() { throw new Error('no keys'); } });" }),
  },
  { name: 'a handler throws nothing', text: scenarioOf({ start: 'throw null;' }) },
  {
    name: 'a handler throws a frozen error',
    text: scenarioOf({ start: "throw Object.freeze(new Error('oh no'));" }),
  },
  {
    name: 'a handler throws an error that cannot be read',
    text: scenarioOf({
      start:
        "throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('no message'); } });",
    }),
  },
  {
    name: 'a handler throws a proxy that throws',
    text: scenarioOf({
      start: 'throw new Proxy({}, { getPrototypeOf() { throw 1; }, get() { throw 2; } });',
    }),
  },
  {
    name: 'a message is of a class',
    text: scenarioOf({
      before: "class Ask { type = 'ask'; }",
      start: 'context.broadcast(new Ask());',
    }),
  },
  {
    name: 'the type of a message is a getter',
    text: scenarioOf({ start: "context.broadcast({ get type() { return 'ask'; } });" }),
  },
  {
    name: 'the type of a message is inherited',
    text: scenarioOf({ start: "context.broadcast(Object.create({ type: 'ask' }));" }),
  },
  {
    name: 'the type of a message is a number',
    text: scenarioOf({ start: 'context.broadcast({ type: 1 });' }),
  },
  {
    name: 'the state holds a set of objects',
    text: scenarioOf({ init: 'init: () => ({ answers: new Set([{ from: null }]) }),' }),
  },
  {
    name: 'the state holds a function',
    text: scenarioOf({ receive: 'return { answers: [], after: { reply: () => context.from } };' }),
  },
  {
    name: 'a handler is asynchronous',
    text: scenarioOf({
      more: "async onTick(state, context) { await undefined; context.send('ann', { type: 'ask' }); },",
    }),
  },
  {
    name: 'a message holds a date',
    text: scenarioOf({ start: "context.broadcast({ type: 'ask', at: new Date(0) });" }),
  },
  { name: 'the observation is not a number', text: scenarioOf({ observe: 'observe: () => 0 / 0,' }) },
  { name: 'a node is misspelt', text: scenarioOf({ start: "context.send('hots', { type: 'ask' });" }) },
  {
    name: 'a message goes to nowhere',
    text: scenarioOf({ start: "context.send(undefined, { type: 'ask' });" }),
  },
  { name: 'a message is misspelt', text: scenarioOf({ start: "context.broadcast({ type: 'aks' });" }) },
  { name: 'a message has no type', text: scenarioOf({ start: "context.broadcast('ask');" }) },
  { name: 'there is no onTimer', text: scenarioOf({ start: "context.timers.set('retry', 2);" }) },
  {
    name: 'a timer is set to no time',
    text: scenarioOf({ more: 'onTimer: () => undefined,', start: "context.timers.set('retry', 0);" }),
  },
  {
    name: 'a timer has no name',
    text: scenarioOf({ more: 'onTimer: () => undefined,', start: 'context.timers.set(undefined, 1);' }),
  },
  { name: 'a fault has a name of two words', text: scenarioOf({ start: "context.fault('not synced');" }) },
  { name: 'a fault has no name', text: scenarioOf({ start: 'context.fault();' }) },
  {
    name: 'a property gives nothing',
    text: scenarioOf({ specification: 'answered: { always: ({ nodes }) => { nodes.length > 0; } },' }),
  },
  {
    name: 'a property gives a promise',
    text: scenarioOf({ specification: 'answered: { pre: () => true, post: async () => true },' }),
  },
  {
    name: 'a step throws',
    text: scenarioOf({
      specification: 'counted: { step: (before, after) => after.observed >= before.observed.missing.size },',
    }),
  },
  {
    name: 'what something leads to throws where it is asked',
    text: scenarioOf({
      specification:
        "answered: { leadsTo: { when: ({ at }) => at('bob').crashed, then: ({ at }) => at('bob').observed.missing.size, within: 1 } },",
    }),
  },
  {
    name: 'what leads to something gives a sentence',
    text: scenarioOf({
      specification: "answered: { leadsTo: { when: () => 'sometimes', then: () => true, within: 1 } },",
    }),
  },
  { name: 'an operation has no type', text: scenarioOf({ start: "context.invoke('read');" }) },
  {
    name: 'an operation comes to an end that has not begun',
    text: scenarioOf({
      before: "import { models } from 'ldfi';",
      start: "context.invoke({ type: 'read' }); context.complete(0); context.complete({ value: 0 });",
      specification: 'one: { linearizable: models.register(0) },',
    }),
  },
  {
    name: 'a model does not know an operation',
    text: scenarioOf({
      before: "import { models } from 'ldfi';",
      start: "context.invoke({ type: 'raed' }); context.complete(0);",
      specification: 'one: { linearizable: models.register(0) },',
    }),
  },
  {
    name: 'a model is no function of its input',
    text: scenarioOf({
      before: 'let calls = 0;',
      start: "context.invoke({ type: 'read' }); context.complete(0);",
      specification: 'one: { linearizable: { initial: 0, step: () => ({ state: 0, result: calls++ }) } },',
    }),
  },
  {
    name: 'a model gives a bare result',
    text: scenarioOf({
      start: "context.invoke({ type: 'read' }); context.complete(0);",
      specification: 'one: { linearizable: { initial: 0, step: (state) => state } },',
    }),
  },
  {
    name: 'the state is too long',
    text: scenarioOf({ start: "return { ...state, history: 'x'.repeat(2_000_000) };" }),
  },
  {
    name: 'the state is a chain without end',
    text: scenarioOf({
      init: 'init() { let chain = {}; for (let i = 0; i < 100_000; i++) chain = { chain }; return chain; },',
    }),
  },
  {
    name: 'a context is kept',
    text: scenarioOf({
      before: 'let kept;',
      start: "kept = context;\n      if (context.self === 'host') context.broadcast({ type: 'ask' });",
      receive: "kept.send('ann', { type: 'ask' });",
    }),
  },
  {
    name: 'a state is kept',
    text: scenarioOf({
      before: 'let kept;',
      start: "kept = state;\n      if (context.self === 'host') context.broadcast({ type: 'ask' });",
      receive: 'return { answers: [...kept.answers, context.from] };',
    }),
  },
  {
    name: 'a handler loops where a message was lost',
    text: scenarioOf({
      receive:
        "if (context.from === 'bob') while (state.answers.length === 0);\n        return { answers: [...state.answers, context.from] };",
    }),
    endless: true,
  },
  { name: 'init loops', text: scenarioOf({ init: 'init() { for (;;); },' }), endless: true },
  { name: 'observe loops', text: scenarioOf({ observe: 'observe() { for (;;); },' }), endless: true },
  {
    name: 'a property loops where somebody crashed',
    text: scenarioOf({
      specification: 'answered: { always: ({ correct }) => { while (correct.length < 3); return true; } },',
    }),
    endless: true,
  },
];
