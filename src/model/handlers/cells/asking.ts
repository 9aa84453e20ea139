/** The state of a node as the source of drafts, of which everything has to be asked for. */
import type { Scalar } from '../containers.js';
import type { Holding, StatePlace, StateSource } from '../drafts/source.js';
import type { Ask } from './paths.js';

type Asked = 'content' | 'keys' | 'length' | 'size' | 'candidates';

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
