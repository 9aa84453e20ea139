/**
 * A run as a log for ShiViz (Beschastnikh et al., "Visualizing Distributed System Executions", 2020): two lines an event,
 * the first with the node and its vector clock. ShiViz draws what it is given by its default expression,
 * `(?<host>\S*) (?<clock>{.*})\n(?<event>.*)`. Clocks are those of Mattern (1989): an event of a node comes after all that
 * the node did before, and a receipt after what was sent.
 */
import type { Message, NodeEvent, Run } from '../../injector/run.js';
import { groupBy } from '../../model/group.js';
import { kindOf } from '../../injector/faults.js';
import { visible } from '../../model/text/display.js';
import { formatMessage } from '../text/facts.js';

/** How many events of each node come before one, itself included. */
type Clock = Map<string, number>;

export function asShiviz(run: Run): string {
  return new ShivizLog(run)
    .lines()
    .map((line) => `${line}\n`)
    .join('');
}

class ShivizLog {
  private readonly hosts: ReadonlyMap<string, string>;
  private readonly clocks: ReadonlyMap<string, Clock>;
  /** By id, the clock of its sending. */
  private readonly sent = new Map<string, Clock>();
  private readonly log: string[] = [];

  constructor(private readonly run: Run) {
    this.hosts = hostNames(run.nodes);
    this.clocks = new Map(run.nodes.map((node) => [node, new Map()]));
  }

  lines(): readonly string[] {
    const { run } = this;
    const events = groupBy(run.events, ({ time }) => time);
    const messages = groupBy(run.messages, ({ sent }) => sent);
    const byId = new Map(run.messages.map((message) => [message.id, message]));
    for (let time = 1; time <= run.eot; time++) {
      this.strikes(time);
      for (const event of events.get(time) ?? []) this.happens(event, byId);
      for (const message of messages.get(time) ?? []) this.sends(message);
    }
    return this.log;
  }

  private strikes(time: number): void {
    for (const fault of this.run.faults.filter((each) => each.time === time)) {
      const strike = kindOf(fault).notation.strike?.(fault);
      if (strike?.node !== undefined) this.add(strike.node, time, strike.happens);
    }
  }

  private happens(event: NodeEvent, byId: ReadonlyMap<string, Message>): void {
    const { node, time, kind } = event;
    if (kind !== 'receipt') {
      this.add(node, time, kind === 'timer' ? `timer ${event.name}` : kind);
      return;
    }
    const message = byId.get(event.message)!;
    this.add(
      node,
      time,
      `receives ${formatMessage(message)} from ${message.from}`,
      this.sent.get(message.id),
    );
  }

  private sends(message: Message): void {
    const { id, from, to, sent, fate } = message;
    if (fate === 'not sent') return;
    const lost = fate === 'lost' ? ', which is lost' : '';
    this.sent.set(id, this.add(from, sent, `sends ${formatMessage(message)} to ${to}${lost}`));
  }

  /** @param after the clock of an event of another node that this one comes after */
  private add(node: string, time: number, text: string, after: Clock = new Map()): Clock {
    const clock = this.clocks.get(node)!;
    for (const [other, count] of after) clock.set(other, Math.max(clock.get(other) ?? 0, count));
    clock.set(node, (clock.get(node) ?? 0) + 1);
    const counts = this.run.nodes.flatMap((each) => {
      const count = clock.get(each);
      return count === undefined ? [] : [[this.hosts.get(each)!, count] as const];
    });
    const { hosts } = this;
    this.log.push(
      `${hosts.get(node)!} ${JSON.stringify(Object.fromEntries(counts))}`,
      visible(`${time}: ${text}`),
    );
    return new Map(clock);
  }
}

/** Names without spaces, each its own. */
function hostNames(nodes: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    nodes.map((node) => {
      const plain = visible(node).replace(/\s/g, '_');
      let name = plain;
      for (let number = 2; taken.has(name); number++) name = `${plain}_${number}`;
      taken.add(name);
      return [node, name];
    }),
  );
}
