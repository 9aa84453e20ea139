/** The state of a node as the source of drafts, of which everything has to be asked for. */
import type { TallyKind } from '../../quantifiers.js';
import type { Scalar } from '../containers.js';
import type { Holding, PartTest, StatePlace, StateSource } from '../drafts/source.js';
import { UNANSWERED } from '../errors.js';
import type { Ask } from './paths.js';
import type { Member } from './question.js';

type Asked = 'content' | 'keys' | 'length' | 'size' | 'candidates' | 'members';

export class AskingSource implements StateSource {
  /** Nothing is asked twice in one call. */
  private readonly answers = new Map<Asked, Map<StatePlace, unknown>>();

  constructor(
    private readonly node: number,
    private readonly question: Ask,
  ) {}

  read(place: StatePlace): Holding {
    return this.ask('content', place) as Holding;
  }

  has(place: StatePlace): boolean {
    return this.read(place).kind !== 'absent';
  }

  keysOf(place: StatePlace): readonly string[] {
    return this.ask('keys', place) as readonly string[];
  }

  lengthOf(place: StatePlace): number {
    return this.ask('length', place) as number;
  }

  sizeOf(place: StatePlace): number {
    return this.ask('size', place) as number;
  }

  elementsOf(place: StatePlace): readonly Scalar[] {
    const candidates = this.ask('candidates', place) as readonly Scalar[];
    return candidates.filter((key) => this.has(place.child(key)));
  }

  tally(place: StatePlace, kind: TallyKind, test: PartTest): number | undefined {
    const members = this.ask('members', place) as readonly Member[];
    if (members.some(({ holding }) => holding.kind !== 'scalar')) return undefined;
    const counted = passing(members, test);
    if (counted === undefined) return undefined;
    const text = counted.map((member) => member.text).join();
    return this.question({ kind, node: this.node, place, members: counted, text }) as number;
  }

  whole(): unknown {
    return undefined;
  }

  /** What was answered, if that was asked. */
  known(place: StatePlace): Holding | undefined {
    return this.answers.get('content')?.get(place) as Holding | undefined;
  }

  private ask(kind: Asked, place: StatePlace): unknown {
    let answers = this.answers.get(kind);
    if (answers === undefined) this.answers.set(kind, (answers = new Map<StatePlace, unknown>()));
    if (!answers.has(place)) answers.set(place, this.question({ kind, node: this.node, place }));
    return answers.get(place);
  }
}

/** Undefined where a test fails: perhaps of what is never there when it is asked. */
function passing(members: readonly Member[], test: PartTest): readonly Member[] | undefined {
  try {
    return members.filter(({ key, holding }) => holding.kind === 'scalar' && test(holding.value, key));
  } catch (error) {
    if (error === UNANSWERED) throw error;
    return undefined;
  }
}
