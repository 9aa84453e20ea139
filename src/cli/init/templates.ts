/** The texts that `ldfi init` writes. They are as prettier sets them where nobody configures it. */
import type { PackageManager } from './package-manager.js';

/** A scenario that is violated, and its repair. @param name of the file and of the scenario; letters, digits and `-` */
export function scenarioText(name: string): string {
  return `/**
 * A register with a backup. A client writes a value to the primary, which
 * copies it to the backup, so that a written value outlives a crash.
 *
 * \`ldfi check scenarios/${name}.ts\` finds out whether it does.
 */
import { defineScenario, type, type Handlers, type Specification } from "ldfi";

type Node = "client" | "primary" | "backup";

/** What nodes send to each other. A message arrives one timestep later. */
type Message =
  | { readonly type: "write"; readonly value: string }
  | { readonly type: "copy"; readonly value: string }
  | { readonly type: "copied" }
  | { readonly type: "written" };

/** What a node knows, as plain data. */
interface State {
  value: string | null;
  /** Of the primary: the backup has the value. Of the client: it is written. */
  done: boolean;
}

/**
 * What each node does. A handler changes the state of its node, and sends
 * messages; what it does depends on its input alone.
 */
const eager: Handlers<Node, State, Message, State> = {
  messages: type<Message>(),

  init: () => ({ value: null, done: false }),

  // At time 1, on every node.
  onStart(_, { self, send }) {
    if (self === "client") send("primary", { type: "write", value: "x" });
  },

  // At every later time: the primary repeats what may have been lost.
  onTick({ value, done }, { self, send }) {
    if (self === "primary" && value !== null && !done)
      send("backup", { type: "copy", value });
  },

  onMessage: {
    // The bug: the client is told before the backup has the value.
    write(state, { value }, { from, send }) {
      send("backup", { type: "copy", value });
      send(from, { type: "written" });
      state.value = value;
    },

    copy(state, { value }, { from, send }) {
      send(from, { type: "copied" });
      state.value = value;
    },

    copied(state) {
      state.done = true;
    },

    written(state) {
      state.done = true;
    },
  },

  // What the specification sees of a node: here, all of it.
  observe: (state) => state,
};

/** The repair: the client is told when the backup has confirmed the value. */
const patient: Handlers<Node, State, Message, State> = {
  ...eager,

  onMessage: {
    ...eager.onMessage,

    write(state, { value }, { send }) {
      send("backup", { type: "copy", value });
      state.value = value;
    },

    copied(state, _, { send }) {
      send("client", { type: "written" });
      state.done = true;
    },
  },
};

/** Where \`pre\` holds at the end of a run, \`post\` has to hold as well. */
const specification: Specification<Node, State> = {
  durability: {
    pre: ({ at }) => at("client").observed.done,
    post: ({ correct }) =>
      correct.some(
        ({ node, observed }) => node !== "client" && observed.value === "x",
      ) ||
      "the client was told that x is written, and no node that is up has it",
  },
};

/**
 * Every fault set within these bounds is looked at: runs of 8 timesteps, in
 * which whatever is sent before time 4 may be lost, and one node may crash.
 */
const bounds = { eot: 8, eff: 4, crashes: 1 };

const nodes = ["client", "primary", "backup"] as const;

export const broken = defineScenario({
  name: "${name}",
  nodes,
  bounds,
  handlers: eager,
  specification,
  expect: "violated",
});

export const repaired = defineScenario({
  name: "${name}-repaired",
  nodes,
  bounds,
  handlers: patient,
  specification,
  expect: "certified",
});
`;
}

export const CONFIG_TEXT = `import { defineConfig } from "ldfi";

// What holds where neither the command line nor the environment says otherwise.
export default defineConfig({
  files: ["scenarios"],
  timeout: "60s",
});
`;

/** `NodeNext` takes a file for the kind of module that the project's package.json makes it, CommonJS or not. */
export const TSCONFIG_TEXT = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["scenarios", "ldfi.config.ts"]
}
`;

export const GITIGNORE_TEXT = `node_modules
`;

/**
 * Fails where a verdict is not the one that its scenario expects.
 *
 * @param below the path of the project's folder in its repository; empty where it is the repository's own
 */
export function workflowText(manager: PackageManager, below: string): string {
  const inProject = below === '' ? [] : [`  working-directory: ${yamlText(below)}`];
  const lockFolder = folderAbove(below, manager.folder);
  const inLockFolder = lockFolder === '' ? [] : [`  working-directory: ${yamlText(lockFolder)}`];
  const steps = [
    '- uses: actions/checkout@v4',
    ...manager.setup,
    '- uses: actions/setup-node@v4',
    '  with:',
    '    node-version: 22',
    `- run: ${manager.installLocked}`,
    ...inLockFolder,
    '# Scenarios say which verdict they expect; any other one fails.',
    `- run: ${manager.run} ldfi check --as-expected`,
    ...inProject,
  ];
  return `name: ldfi

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
${steps.map((line) => `      ${line}`).join('\n')}
`;
}

/** @param up such as `../../` */
function folderAbove(below: string, up: string): string {
  const names = below === '' ? [] : below.split('/');
  return names.slice(0, names.length - up.split('/').length + 1).join('/');
}

function yamlText(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}
