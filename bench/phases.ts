/**
 * Where the time of a check goes. Phases are measured in processor time of all threads, which other work on the
 * machine hardly changes; a thread that compiles or collects garbage meanwhile counts too, so that they are
 * rather too long than too short.
 */
import { SolverAround } from '../src/solver/around.js';
import { reportCheck } from '../src/report/text/report.js';
import { plainStyle } from '../src/report/text/style.js';
import type { CheckResult } from '../src/runner/result.js';
import type { Phase, SearchProgress } from '../src/runner/search.js';
import { SolverPool } from '../src/solver/pool.js';
import type { SatBackend, SatSolver, SatStatus, SolveLimits, SolverFactory } from '../src/solver/sat.js';
import { processorTime } from './figures.js';
import { checkRow, type Row } from './rows.js';

/** In the order in which they happen, but that what is encoded to confirm counts as encoding. */
export const PHASES = [
  'read',
  'prepare',
  'evaluate',
  'encode',
  'solve',
  'confirm',
  'replay',
  'print',
] as const;

/** Milliseconds of processor time. */
export type Phases = Readonly<Record<(typeof PHASES)[number], number>>;

export interface PhasedCheck {
  readonly result: CheckResult;
  readonly phases: Phases;
}

/**
 * Reads, checks and reports on one row.
 *
 * @param budgets in place of the default ones
 * @param now in milliseconds, by which the phases of the check are measured
 */
export async function phasedCheck(
  row: Row,
  pool: TimedPool,
  budgets: Parameters<typeof checkRow>[1] = {},
  now = processorTime,
): Promise<PhasedCheck> {
  const [read, scenario] = await timed(() => row.load());
  const clock = new PhaseClock(pool, now);
  const result = await checkRow({ ...row, scenario }, { ...budgets, pool, onProgress: clock.told });
  const { outside, inSolver } = clock.stop();
  const [print] = await timed(() => reportCheck(result, { width: 100, style: plainStyle, verbose: false }));
  const deciding = outside('solve') + outside('minimize');
  // A diagram decides by itself; else what is not the solver's work is done to put the question to it.
  const byDiagram = result.evidence.representation === 'diagram';
  const phases = {
    read,
    prepare: outside('prepare'),
    evaluate: outside('evaluate') + inSolver('evaluate'),
    encode: outside('confirm') + (byDiagram ? 0 : deciding),
    solve: inSolver('solve') + inSolver('minimize') + (byDiagram ? deciding : 0),
    confirm: inSolver('confirm'),
    replay: outside('replay') + inSolver('replay'),
    print,
  };
  return { result, phases };
}

async function timed<Value>(
  work: () => Value | Promise<Value>,
): Promise<readonly [time: number, value: Value]> {
  const before = processorTime();
  const value = await work();
  return [processorTime() - before, value];
}

/** Told of each phase, it knows how long each lasted. */
class PhaseClock {
  private phase: Phase | 'prepare' = 'prepare';
  private began: number;
  private solvedBefore: number;
  private readonly totals = new Map<Phase | 'prepare', { outside: number; inSolver: number }>();

  constructor(
    private readonly pool: TimedPool,
    private readonly now: () => number,
  ) {
    this.began = now();
    this.solvedBefore = pool.solving;
  }

  readonly told = ({ phase }: SearchProgress): void => {
    if (phase !== this.phase) this.turn(phase);
  };

  stop() {
    this.turn(this.phase);
    return {
      outside: (phase: Phase | 'prepare') => this.totals.get(phase)?.outside ?? 0,
      inSolver: (phase: Phase) => this.totals.get(phase)?.inSolver ?? 0,
    };
  }

  private turn(next: Phase | 'prepare'): void {
    const now = this.now();
    const solving = this.pool.solving - this.solvedBefore;
    const { outside, inSolver } = this.totals.get(this.phase) ?? { outside: 0, inSolver: 0 };
    const total = { outside: outside + now - this.began - solving, inSolver: inSolver + solving };
    this.totals.set(this.phase, total);
    this.phase = next;
    this.began = now;
    this.solvedBefore = this.pool.solving;
  }
}

/** Solvers that tell how long they searched. */
export class TimedPool extends SolverPool {
  /** Milliseconds of processor time in calls of all solvers so far. */
  solving = 0;

  override async factory(backend: SatBackend): Promise<SolverFactory> {
    const factory = await super.factory(backend);
    return {
      backend,
      get isUsable() {
        return factory.isUsable;
      },
      create: () => this.timed(factory.create()),
    };
  }

  private timed(solver: SatSolver): SatSolver {
    return new TimedSolver(solver, (time) => {
      this.solving += time;
    });
  }
}

class TimedSolver extends SolverAround {
  constructor(
    solver: SatSolver,
    private readonly onTime: (milliseconds: number) => void,
  ) {
    super(solver);
  }

  override solve(limits?: SolveLimits): SatStatus {
    const before = processorTime();
    try {
      return super.solve(limits);
    } finally {
      this.onTime(processorTime() - before);
    }
  }
}
