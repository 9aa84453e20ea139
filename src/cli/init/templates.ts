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
import { defineScenario, type } from "ldfi";

/** What nodes send to each other. A message arrives one timestep later. */
type Message =
  | { readonly type: "write"; readonly value: string }
  | { readonly type: "copy"; readonly value: string }
  | { readonly type: "copied" }
  | { readonly type: "written" };

/** @param confirmed whether the primary waits for the backup */
const register = (
  name: string,
  expect: "violated" | "certified",
  confirmed: boolean,
) =>
  defineScenario({
    name,
    expect,

    // Each node has a role, which says what it does.
    nodes: { client: ["c"], primary: ["p"], backup: ["b"] },

    // Every fault set within these bounds is looked at: runs of 8 timesteps, in
    // which what is sent before time 4 may be lost, and one node may crash.
    bounds: { eot: 8, eff: 4, crashes: 1 },

    messages: type<Message>(),

    // A handler changes the state of its node, which is plain data, and sends
    // messages; what it does depends on its input alone.
    roles: {
      client: {
        init: () => ({ told: false }),

        // At time 1.
        onStart(_, { send }) {
          send("p", { type: "write", value: "x" });
        },

        onMessage: {
          written(state) {
            state.told = true;
          },
        },

        // What the specification sees of the node.
        observe: ({ told }) => told,
      },

      primary: {
        init: () => ({ value: "", copied: false }),

        // At every later time: repeats what may have been lost.
        onTick({ value, copied }, { send }) {
          if (value !== "" && !copied) send("b", { type: "copy", value });
        },

        onMessage: {
          write(state, { value }, { send }) {
            state.value = value;
            send("b", { type: "copy", value });
            // The bug: the backup may not have the value yet.
            if (!confirmed) send("c", { type: "written" });
          },

          copied(state, _, { send }) {
            state.copied = true;
            if (confirmed) send("c", { type: "written" });
          },
        },

        observe: ({ value }) => value,
      },

      backup: {
        init: () => ({ value: "" }),

        onMessage: {
          copy(state, { value }, { from, send }) {
            state.value = value;
            send(from, { type: "copied" });
          },
        },

        observe: ({ value }) => value,
      },
    },

    // Where \`pre\` holds at the end of a run, \`post\` has to hold as well.
    specification: {
      durability: {
        pre: ({ at }) => at("c").observed,
        post: ({ correct }) =>
          correct.some(({ observed }) => observed === "x") ||
          "the client was told that x is written, and no node that is up has it",
      },
    },
  });

export const broken = register("${name}", "violated", false);

/** The client is told when the backup has confirmed the value. */
export const repaired = register("${name}-repaired", "certified", true);
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
