/** Which messages of a run are drawn, and what is said of the others. */
import { payloadText, type Message } from '../../../injector/run.js';

/**
 * Messages that are not drawn: `repeated` where one like it was drawn before, `varied` where one like it but for
 * what it carries was, `unsent` where its sender had crashed, and what it would have said was drawn before.
 */
export type HiddenAs = 'repeated' | 'varied' | 'unsent';

/** How messages are told apart. */
export interface Distinctions {
  /** Whether a message is drawn in any case, with all that it carries. */
  readonly required: (message: Message) => boolean;
  /** Whether the others of a name are told apart by channel alone, and not by what they carry. */
  readonly coarse: (name: string) => boolean;
}

/** Remembers what was drawn, and since when. Messages must be offered by increasing time. */
export class Novelty {
  private readonly delivered = new Map<string, number>();
  private readonly unsent = new Map<string, number>();

  constructor(private readonly distinctions: Distinctions) {}

  /** Undefined for a message that is to be drawn; it counts as drawn from then on. */
  take(message: Message): HiddenAs | undefined {
    const hidden = this.distinctions.required(message) ? undefined : this.known(message);
    if (hidden === undefined && message.fate !== 'lost') {
      const drawn = message.fate === 'delivered' ? this.delivered : this.unsent;
      for (const name of [exactly(message), roughly(message)])
        if (!drawn.has(name)) drawn.set(name, message.sent);
    }
    return hidden;
  }

  /** What is sent twice at once is drawn twice. */
  private known(message: Message): HiddenAs | undefined {
    const { fate, name, sent } = message;
    const coarse = this.distinctions.coarse(name);
    const isRepeated = (drawn: ReadonlyMap<string, number>) => (drawn.get(exactly(message)) ?? sent) < sent;
    const isKnown = (drawn: ReadonlyMap<string, number>) =>
      isRepeated(drawn) || (coarse && drawn.has(roughly(message)));
    switch (fate) {
      case 'lost':
        return undefined;
      case 'delivered':
        if (isRepeated(this.delivered)) return 'repeated';
        return isKnown(this.delivered) ? 'varied' : undefined;
      case 'not sent':
        return isKnown(this.delivered) || isKnown(this.unsent) ? 'unsent' : undefined;
    }
  }
}

function exactly(message: Message): string {
  return JSON.stringify([roughly(message), payloadText(message)]);
}

function roughly({ from, to, name }: Message): string {
  return JSON.stringify([from, to, name]);
}
