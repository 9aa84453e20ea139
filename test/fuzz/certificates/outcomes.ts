/** What came of certificates that were tampered with. */
import { formatCount, table } from '../table.js';
import { TAMPERING_NAMES } from './tampering.js';

/** `refuted`: refused with a fault set that violates. `harmless`: accepted, and rightly so. */
const OUTCOMES = ['refused', 'refuted', 'harmless'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export class TamperingOutcomes {
  readonly #counts = new Map<string, Record<Outcome, number>>(
    TAMPERING_NAMES.map((name) => [name, { refused: 0, refuted: 0, harmless: 0 }]),
  );

  count(name: string, outcome: Outcome): void {
    this.#counts.get(name)![outcome]++;
  }

  report(): string {
    const all = { refused: 0, refuted: 0, harmless: 0 };
    for (const counts of this.#counts.values()) for (const each of OUTCOMES) all[each] += counts[each];
    const rows = [...this.#counts, ['all', all] as const].map(([name, counts]) => {
      const numbers = OUTCOMES.map((each) => counts[each]);
      const tried = numbers.reduce((sum, each) => sum + each, 0);
      return [name, ...[tried, ...numbers].map(formatCount)];
    });
    return table(['tampering', 'tried', ...OUTCOMES], rows);
  }
}
