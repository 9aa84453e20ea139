/** Systems in memory: services that call each other, retry, fall back to others, and have bugs. */
import { pointId } from '../../../../src/injector/node/contract.js';
import {
  type ObservedCall,
  type SystemFault,
  type SystemFaults,
  type SystemRun,
} from '../../../../src/runner/strategies/marco/system-run.js';

export interface Service {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Steps, by their places, that the service cannot do without all of at once. */
  readonly bugs?: readonly (readonly Trigger[])[];
}

/** A step that failed; where a kind is given, only by that. */
export interface Trigger {
  readonly step: number;
  readonly kind?: string;
}

export interface Step {
  readonly calls: Service;
  /** How often it is tried once more. */
  readonly retries?: number;
  /** Kinds of fault after which it is not tried again. */
  readonly hopeless?: readonly string[];
  /** What is done where it fails. */
  readonly fallback?: Step;
  /** Whether the service fails where this fails. */
  readonly isRequired?: boolean;
  /** Whether the answer tells how it failed. */
  readonly tells?: boolean;
}

export const KINDS: readonly string[] = ['refused', 'status 503', 'timeout'];

interface Made {
  readonly failed: boolean;
  readonly answer: string;
  /** The kind of fault by which it failed, or that it failed by itself. */
  readonly kind: string;
}

/** Runs a request to a service under faults. */
export function runTree(root: Service, faults: SystemFaults): SystemRun {
  const { answer, failed, calls } = new Execution(faults).request(root);
  return { good: !failed, answer, calls };
}

class Execution {
  private readonly calls: ObservedCall[] = [];
  private readonly kinds: ReadonlyMap<string, string>;

  constructor(faults: readonly SystemFault[]) {
    this.kinds = new Map(faults.map(({ point, kind }) => [point, kind] as const));
  }

  request(root: Service): Made & { readonly calls: readonly ObservedCall[] } {
    return { ...this.serve(root, undefined), calls: this.calls };
  }

  private serve(service: Service, at: string | undefined): Made {
    const failures = new Map<number, string>();
    const told: string[] = [];
    const ordinals = new Map<string, number>();
    for (const [place, step] of service.steps.entries()) {
      const made = this.doStep(service, step, at, ordinals);
      if (made.failed) failures.set(place, made.kind);
      if (made.failed && step.isRequired === true) return failure(`${service.name} cannot`);
      told.push(made.failed ? (step.tells === true ? made.kind : 'none') : made.answer);
    }
    const isHit = (service.bugs ?? []).some((bug) =>
      bug.every(
        ({ step, kind }) => failures.has(step) && (kind === undefined || failures.get(step) === kind),
      ),
    );
    if (isHit) return failure(`${service.name} breaks`);
    return { failed: false, kind: '', answer: `${service.name}(${told.join()})` };
  }

  private doStep(caller: Service, step: Step, at: string | undefined, ordinals: Map<string, number>): Made {
    let made: Made;
    for (let tries = 0; ; tries++) {
      made = this.call(caller, step.calls, at, ordinals);
      if (!made.failed || tries >= (step.retries ?? 0) || step.hopeless?.includes(made.kind) === true) break;
    }
    return made.failed && step.fallback !== undefined
      ? this.doStep(caller, step.fallback, at, ordinals)
      : made;
  }

  private call(
    { name: caller }: Service,
    callee: Service,
    within: string | undefined,
    ordinals: Map<string, number>,
  ): Made {
    const ordinal = (ordinals.get(callee.name) ?? 0) + 1;
    ordinals.set(callee.name, ordinal);
    const point = pointId({ within, caller, callee: callee.name, operation: 'GET /', ordinal });
    const kind = this.kinds.get(point);
    if (kind !== undefined) {
      this.calls.push({ point, within, injected: kind, failed: true, answer: undefined });
      return { failed: true, answer: '', kind };
    }
    const made = this.serve(callee, point);
    this.calls.push({ point, within, injected: undefined, failed: made.failed, answer: made.answer });
    return made;
  }
}

function failure(answer: string): Made {
  return { failed: true, answer, kind: 'failed' };
}

export function leaf(name: string): Service {
  return { name, steps: [] };
}

/** A page of a streaming service. */
export function homePage(options: { readonly tells: boolean; readonly bugs: Service['bugs'] }): Service {
  const { tells } = options;
  return {
    name: 'home',
    steps: [
      { calls: leaf('profile'), tells },
      { calls: leaf('bookmarks'), fallback: { calls: leaf('trending'), tells }, tells },
      { calls: leaf('my-list'), tells },
      {
        calls: leaf('recommendations'),
        fallback: { calls: leaf('popular'), fallback: { calls: leaf('catalogue'), tells }, tells },
        tells,
      },
      { calls: leaf('ratings'), tells },
      { calls: leaf('artwork'), tells },
    ],
    bugs: options.bugs ?? [],
  };
}
