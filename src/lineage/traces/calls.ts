/**
 * The calls of a trace: from one service to another, or to something that writes no spans. The client's and the
 * server's span of a call are one call. What is awaited is kept apart from what is not, since an outcome does not rest
 * on what nobody waits for.
 */
import {
  calleeOf,
  callsOut,
  hasFailed,
  operationOf,
  protocolOf,
  usesTool,
  type CallKind,
} from './semantics.js';
import type { Span } from './span.js';
import type { Trace } from './trace.js';

export interface Call {
  /** The call that it was made for, by index; -1 for the request itself. */
  readonly parent: number;
  readonly caller: string;
  callee: string;
  operation: string;
  protocol: CallKind;
  /** Whether either side says so. */
  failed: boolean;
  /** Whether the caller waits for it, and whoever called the caller for that, up to the request. */
  readonly awaited: boolean;
  /** Nanoseconds by the clock of the caller; undefined where it did not write a span. */
  readonly start: bigint | undefined;
  /** Whether the callee writes spans. */
  instrumented: boolean;
  /** The span that shows it. */
  readonly spanId: string;
  /** The callee's span, where both sides wrote one. */
  answerId: string | undefined;
}

/** What a client called that says nothing of it. */
const UNKNOWN = '(unknown)';

/** In place of a service of which a span is missing. */
const MISSING = '(missing span)';

/**
 * The calls below a root, each after the one that it was made for.
 *
 * @param root a node of the trace
 */
export function callsBelow(trace: Trace, root: number): readonly Call[] {
  const walk = new Walk(trace);
  walk.from(root);
  return walk.calls;
}

/** Where the walk is: at a node, within a call. */
interface Position {
  readonly node: number;
  readonly call: number;
}

class Walk {
  readonly calls: Call[] = [];

  constructor(private readonly trace: Trace) {}

  from(root: number): void {
    const open: Position[] = this.trace.nodes[root].children.map((node) => ({ node, call: -1 }));
    // Depth does not matter: traces may be deeper than functions may call each other.
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const call = this.enter(at);
      for (const node of this.trace.nodes[at.node].children) open.push({ node, call });
    }
  }

  /** @returns the call that what lies below a node is made for */
  private enter({ node, call }: Position): number {
    const { span, parent } = this.trace.nodes[node];
    if (span === undefined) return call;
    const above = this.trace.nodes[parent].span;
    if (isAnswer(span, above)) {
      if (above.kind === 'producer' || span.kind === 'consumer') return this.add(span, above, call, false);
      this.answer(call, span);
      return call;
    }
    if (!this.isCall(node, span, above)) return call;
    return this.add(span, above, call, this.isAwaited(span, above));
  }

  /** A server below the client that called it. The client says how the call ended; the server may know better. */
  private answer(index: number, span: Span): void {
    const call = this.calls[index];
    if (call === undefined) return;
    if (!call.instrumented) {
      call.callee = span.service || call.callee;
      call.operation = operationOf(span) || call.operation;
      if (call.protocol === 'other') call.protocol = protocolOf(span);
    }
    call.instrumented = true;
    call.answerId ??= span.spanId;
    call.failed ||= hasFailed(span);
  }

  private isCall(node: number, span: Span, above: Span | undefined): boolean {
    if (span.kind === 'client' || span.kind === 'producer') return true;
    if (above !== undefined && above.service !== span.service) return true;
    if (span.kind === 'server') return true;
    return usesTool(span) || (callsOut(span) && this.isLeaf(node));
  }

  private isLeaf(node: number): boolean {
    return this.trace.nodes[node].children.length === 0;
  }

  private isAwaited(span: Span, above: Span | undefined): boolean {
    if (span.followsParent) return false;
    if (above?.service !== span.service) return true;
    // By one clock: who waits does not end before what he waits for.
    return above.end === undefined || span.end === undefined || span.end <= above.end;
  }

  private add(span: Span, above: Span | undefined, parent: number, awaited: boolean): number {
    const calls = span.kind === 'client' || span.kind === 'producer' || above?.service === span.service;
    const caller = calls ? span.service : (above?.service ?? MISSING);
    const outer = this.calls[parent];
    return (
      this.calls.push({
        parent,
        caller,
        callee: calls ? calleeOf(span) || UNKNOWN : span.service,
        operation: operationOf(span),
        protocol: protocolOf(span),
        failed: hasFailed(span),
        awaited: awaited && (outer?.awaited ?? true),
        start: calls ? span.start : undefined,
        instrumented: !calls,
        spanId: span.spanId,
        answerId: undefined,
      }) - 1
    );
  }
}

/** Whether a span is the other side of the call that the one above it makes. */
function isAnswer(span: Span, above: Span | undefined): above is Span {
  if (above?.kind !== 'client' && above?.kind !== 'producer') return false;
  return span.kind === 'server' || span.kind === 'consumer' || span.service !== above.service;
}
