/** Changes of protocols, and what they cost, in words. */
import { plural, listed } from '../../../model/text/numbers.js';
import type { ProgramChange } from '../../../model/rules/changes/change.js';
import type { Mending } from '../../../model/handlers/changes/change.js';
import type { ProtocolChange } from '../../../runner/kinds/kind.js';
import type { RepairCost } from '../../../runner/repair/repair.js';

/** `wait for Number >= 3, not 2`, `keep votedFor through outages` */
export function describeChange(change: ProtocolChange): string {
  return 'idea' in change ? describeIdea(change) : listed(change.mendings.map(describeMending));
}

function describeMending(mending: Mending): string {
  switch (mending.kind) {
    case 'send reliably': {
      const { messages } = mending;
      return `send ${listed(messages)} again until ${messages.length === 1 ? 'it is' : 'they are'} acknowledged`;
    }
    case 'ask again':
      return `send ${listed(mending.ask)} again until ${mending.answers.join(' or ')} comes`;
    case 'hold back': {
      const by = mending.by === 'all' ? '' : ' by a majority';
      return `hold ${listed(mending.messages)} back until ${listed(mending.after)} is acknowledged${by}`;
    }
    case 'keep fields':
      return `keep ${mending.fields.length === 0 ? 'the whole state' : listed(mending.fields)} through outages`;
  }
}

function describeIdea({ idea }: ProgramChange): string {
  switch (idea.kind) {
    case 'ask':
      return `derive ${idea.relation} only if ${idea.premises.join(', ')}`;
    case 'do not ask':
      return `derive ${idea.relation} without asking ${idea.premise}`;
    case 'send because':
      return `send ${idea.relation} because of ${idea.of}, not ${idea.not}`;
    case 'wait for more':
      return `wait until ${idea.of} is ${idea.least}, not ${idea.before}`;
    case 'repeat':
      return `send ${idea.relation} at every timestep until ${idea.until}`;
    case 'time out':
      return `conclude ${idea.conclude} after ${plural(idea.after, 'timestep')} in vain`;
    case 'keep':
      return `keep ${listed(idea.relations)} through outages`;
  }
}

/** `3 more messages, 1 timestep later` */
export function describeCost({ messages, timesteps }: RepairCost): string {
  return `${describeMessages(messages)}, ${describeTimesteps(timesteps)}`;
}

function describeMessages(messages: number): string {
  if (messages === 0) return 'no more messages';
  return messages > 0
    ? plural(messages, 'more message', 'more messages')
    : plural(-messages, 'message fewer', 'messages fewer');
}

function describeTimesteps(timesteps: number): string {
  if (timesteps === 0) return 'no later';
  return `${plural(Math.abs(timesteps), 'timestep')} ${timesteps < 0 ? 'sooner' : 'later'}`;
}
