/** How many mutants of certified protocols are certified no longer, by what they lack and by protocol. */
import { formatBounds } from '../../../src/injector/bounds.js';
import { formatCount, table } from '../table.js';
import { MUTATIONS, type Mutant, type MutationKind, type Original } from './mutant.js';

/** What became of a mutant. */
export interface Fate {
  /** By the judge, within the bounds that it can try. */
  readonly judgedBroken: boolean;
  /** By the judge, or by ldfi within the bounds of the library, where the judge has seen the run. */
  readonly broken: boolean;
  /** Every run that the judge tried is as it was. */
  readonly equal: boolean;
  /** A budget ended within the bounds of the library. */
  readonly undecided: boolean;
}

const COLUMNS = ['mutants', 'broken', 'of them within small bounds', 'equal', 'undecided'] as const;
type Row = readonly number[];

const EMPTY: Row = COLUMNS.map(() => 0);

export class Breakage {
  readonly #byKind = new Map<MutationKind, Row>(MUTATIONS.map((kind) => [kind, EMPTY]));
  readonly #byOriginal = new Map<Original, Row>();

  count(original: Original, { kind }: Mutant, { judgedBroken, broken, equal, undecided }: Fate): void {
    const row = [1, broken, judgedBroken, equal, undecided].map(Number);
    this.#byKind.set(kind, sum(this.#byKind.get(kind)!, row));
    this.#byOriginal.set(original, sum(this.#byOriginal.get(original) ?? EMPTY, row));
  }

  report(): string {
    const originals = [...this.#byOriginal].sort(([a], [b]) => (a.label < b.label ? -1 : 1));
    return [
      report('what a mutant does without', [...this.#byKind]),
      report(
        'certified protocol, its bounds and small ones',
        originals.map(([original, row]) => [describe(original), row]),
      ),
    ].join('\n');
  }
}

function describe({ label, certifiedWithin, bounds }: Original): string {
  return `${label} ${formatBounds(certifiedWithin!)}, ${formatBounds(bounds)}`;
}

function report(heading: string, rows: readonly (readonly [name: string, Row])[]): string {
  const all = rows.map(([, row]) => row).reduce(sum, EMPTY);
  return table(
    [heading, ...COLUMNS, 'broken of those not equal'],
    [...rows, ['all', all] as const].map(([name, row]) => {
      const [mutants, broken, , equal] = row;
      const share = mutants === equal ? '' : `${((100 * broken) / (mutants - equal)).toFixed(0)}%`;
      return [name, ...row.map(formatCount), share];
    }),
  );
}

function sum(a: Row, b: Row): Row {
  return a.map((each, index) => each + b[index]);
}
