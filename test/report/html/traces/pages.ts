/** Pages of small sets of traces. */
import { readPredicate } from '../../../../src/lineage/traces/predicate.js';
import type { Span } from '../../../../src/lineage/traces/span.js';
import { TraceSet } from '../../../../src/lineage/traces/trace-set.js';
import { tracePage } from '../../../../src/report/html/traces/page.js';
import { concludeFrom } from '../../../../src/runner/traces/conclude.js';
import { examplesOf } from '../../../../src/runner/traces/examples.js';
import { loadBackend } from '../../../../src/solver/backends.js';
import { span, spanId, START } from '../../../lineage/traces/spans.js';

export async function pageOf(spans: readonly Span[], { strict = false, outcome = 'not failed' } = {}) {
  const traces = new TraceSet(() => true);
  traces.add('otlp-json', [spans]);
  const good = readPredicate(outcome);
  const loadSolver = () => loadBackend('minisat');
  const options = { where: undefined, outcome: good, maxFaults: 2, strict, loadSolver };
  const result = await concludeFrom(traces, options);
  return tracePage(result, await examplesOf(traces, result, good));
}

/** Names that a page has to show as they are. */
export interface ShopNames {
  readonly shop: string;
  readonly stock: string;
  readonly operation: string;
}

export const PLAIN: ShopNames = { shop: 'shop', stock: 'stock', operation: 'GET /cart' };

/** Requests of a shop that calls its stock and its ads: one as usual, one without ads, one that fails with its stock. */
export function shop({ shop: service, stock, operation }: ShopNames = PLAIN): readonly Span[] {
  return [[], ['ads'], ['stock']].flatMap((failing, number) => {
    const traceId = String(number + 1).padStart(32, 'a');
    const failed = failing.includes('stock');
    const call = (index: number, callee: string, fails: boolean) =>
      span({
        traceId,
        spanId: spanId(index),
        parentId: spanId(1),
        service,
        kind: 'client',
        name: 'GET',
        start: START + BigInt(index) * 10_000n,
        end: START + BigInt(index) * 10_000n + 9_000n,
        status: fails ? 'error' : 'unset',
        attributes: new Map([['peer.service', callee]]),
      });
    return [
      span({
        traceId,
        spanId: spanId(1),
        service,
        kind: 'server',
        name: operation,
        status: failed ? 'error' : 'unset',
      }),
      call(2, stock, failed),
      call(3, 'ads', failing.includes('ads')),
    ];
  });
}
