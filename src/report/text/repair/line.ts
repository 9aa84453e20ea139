/** Changes of handlers as the line that makes them: combinators around what stands there, which is told as `…`. */
import type { HandlerChange, Mending } from '../../../model/handlers/changes/change.js';

/** Of one who asks again, the timesteps that are the default. */
const ASKING = 3;

/** `reliably(…, { messages: 'vote' })` */
export function lineOf({ mendings }: HandlerChange): string {
  return mendings.reduce((within, mending) => around(within, mending), '…');
}

function around(within: string, mending: Mending): string {
  switch (mending.kind) {
    case 'send reliably':
      return `reliably(${within}, { messages: ${names(mending.messages)} })`;
    case 'ask again': {
      const every = mending.every === ASKING ? '' : `, every: ${mending.every}`;
      return `retrying(${within}, { ask: ${names(mending.ask)}, answers: ${names(mending.answers)}${every} })`;
    }
    case 'hold back': {
      const by = mending.by === 'all' ? '' : `, by: '${mending.by}'`;
      return `acknowledged(${within}, { messages: ${names(mending.messages)}, after: ${names(mending.after)}${by} })`;
    }
    case 'keep fields':
      return `kept(${[within, ...mending.fields.map(quoted)].join(', ')})`;
  }
}

function names(some: readonly string[]): string {
  return some.length === 1 ? quoted(some[0]) : `[${some.map(quoted).join(', ')}]`;
}

function quoted(name: string): string {
  return `'${JSON.stringify(name)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", String.raw`\'`)}'`;
}
