/** Handlers that do not return. A run that is ended from outside tells which call it was ended in, and no more. */
import type { FaultSet } from '../../injector/faults.js';
import { TRUE, type Condition } from '../../model/algebra.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import { ProtocolError } from '../failures/protocol-error.js';
import type { UnfinishedCall } from '../subjects/subject.js';
import { runGuarded } from './watchdog.js';

/** Milliseconds after which one call is taken to have no end. */
const PATIENCE = 1_000;

/** Makes the call again in which time ran out: it may have no end, or have been near it. */
export function returnsWhenCalledAgain({ again }: UnfinishedCall): boolean {
  const returns = () => {
    try {
      again();
    } catch {
      // To throw is to return.
    }
  };
  return runGuarded(returns, { timeoutMs: PATIENCE }).kind === 'finished';
}

/**
 * @param leastUnder the least fault set that satisfies a condition, of the run over all fault sets
 * @param definition the line that defined the protocol
 */
export function endlessCall(
  { failure, faults }: UnfinishedCall,
  leastUnder: ((condition: Condition) => FaultSet | undefined) | undefined,
  definition: SourceSpan | undefined,
): ProtocolError {
  return new ProtocolError(failure, faults ?? leastUnder?.(failure.condition ?? TRUE) ?? [], definition);
}
