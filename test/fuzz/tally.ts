/** What campaigns count as they go. */
import type { JudgedVerdict } from '../judge/verdict.js';
import { VERDICTS, type CampaignResult, type JudgedName, type Occurrence } from './campaign.js';

export class Tally {
  #cases = 0;
  #checks = 0;
  readonly #verdicts = new Map<JudgedName, number>();
  readonly #occurrences: Map<string, number>;
  readonly #combinations = new Map<string, number>();

  /** @param names of what may occur, in the order in which it is to be told */
  constructor(names: readonly string[]) {
    this.#occurrences = new Map(names.map((name) => [name, 0]));
  }

  get cases(): number {
    return this.#cases;
  }

  /** Another case. @param occurring what occurs in it, each once */
  case(occurring: Iterable<string>): void {
    this.#cases++;
    for (const name of occurring) this.#occurrences.set(name, (this.#occurrences.get(name) ?? 0) + 1);
  }

  /** That a case admits faults of these kinds. */
  combined(kinds: string): void {
    this.#combinations.set(kinds, (this.#combinations.get(kinds) ?? 0) + 1);
  }

  get combinations(): ReadonlyMap<string, number> {
    return this.#combinations;
  }

  checked(comparisons: number): void {
    this.#checks += comparisons;
  }

  judged(verdict: JudgedVerdict): void {
    this.verdict(judgedName(verdict));
  }

  verdict(name: JudgedName): void {
    this.#verdicts.set(name, (this.#verdicts.get(name) ?? 0) + 1);
  }

  count(): Pick<CampaignResult, 'cases' | 'checks' | 'verdicts' | 'occurrences'> {
    const verdicts = VERDICTS.map((name) => [name, this.#verdicts.get(name) ?? 0] as const);
    return {
      cases: this.#cases,
      checks: this.#checks,
      verdicts: Object.fromEntries(verdicts) as CampaignResult['verdicts'],
      occurrences: [...this.#occurrences].map(([what, cases]): Occurrence => ({ what, cases })),
    };
  }
}

export function judgedName({ verdict, minimal }: JudgedVerdict): JudgedName {
  return verdict === 'violated' && minimal[0].length === 0 ? 'faultless' : verdict;
}
