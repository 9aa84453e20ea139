/**
 * One trace, put together from its spans: which was caused by which. Nothing about it is taken for granted. Records
 * are merged where they are fragments of one span, parents that are missing are filled in by placeholders, and circles
 * are cut; each of these is told.
 */
import type { Flaw, FlawKind } from './flaws.js';
import type { Attributes, Span } from './span.js';

/** A span in its place. Nodes refer to each other by index. */
export interface TraceNode {
  /** Undefined of a placeholder: something is referred to that was never read. */
  span: Span | undefined;
  /** -1 where there is none. */
  parent: number;
  readonly children: number[];
}

export interface Trace {
  readonly id: string;
  /** Spans in the order in which they were read, then placeholders. */
  readonly nodes: readonly TraceNode[];
  /** Those without a parent that are spans. */
  readonly roots: readonly number[];
  readonly flaws: readonly Flaw[];
}

/** @param spans of one trace, one at least */
export function assembleTrace(id: string, spans: readonly Span[]): Trace {
  return new Assembly(id, spans).trace();
}

/** Of spans with one id, how many are looked at; more of them there are only by mistake, or on purpose. */
const LOOKED_AT = 64;

class Assembly {
  private readonly flaws: Flaw[] = [];
  private readonly nodes: TraceNode[] = [];
  /** Of each id the first node, and of each node the next that has the same; -1 where there is none. */
  private readonly firstOf = new Map<string, number>();
  private readonly nextOf: number[] = [];

  constructor(
    private readonly id: string,
    records: readonly Span[],
  ) {
    for (const record of records) this.add(record);
  }

  trace(): Trace {
    const { nodes } = this;
    const placeholders = this.findParents();
    const roots = [...nodes.keys()].filter((index) => nodes[index].parent < 0 && nodes[index].span);
    this.cutCycles(placeholders);
    // What nobody is known to have caused belongs to the request all the same, where there is only one.
    if (roots.length === 1) for (const index of placeholders.values()) nodes[index].parent = roots[0];
    for (const [index, { parent }] of nodes.entries()) if (parent >= 0) nodes[parent].children.push(index);
    if (roots.length === 0) this.flaw('no-root', nodes[0].span!.spanId);
    for (const root of roots.slice(1)) this.flaw('several-roots', nodes[root].span!.spanId);
    return { id: this.id, nodes, roots, flaws: this.flaws };
  }

  private flaw(kind: FlawKind, spanId: string): void {
    this.flaws.push({ kind, spanId });
  }

  /** A span may come in several records; and client and server of a call may share an id, or several servers may. */
  private add(record: Span): void {
    const { spanId, kind, service } = record;
    if (!this.firstOf.has(spanId)) {
      this.firstOf.set(spanId, this.append(record));
      return;
    }
    const others = this.withId(spanId);
    const same = others.filter((index) => {
      const span = this.nodes[index].span!;
      return span.kind === kind && span.service === service;
    });
    const fragment = same.find((index) => !contradict(this.nodes[index].span!, record));
    if (fragment !== undefined) {
      this.nodes[fragment].span = this.mergeTwo(this.nodes[fragment].span!, record);
      return;
    }
    if (same.length > 0) this.flaw('conflicting-spans', spanId);
    const added = this.append(record);
    const last = others[others.length - 1];
    this.nextOf[added] = this.nextOf[last];
    this.nextOf[last] = added;
  }

  private append(span: Span | undefined): number {
    this.nextOf.push(-1);
    return this.nodes.push({ span, parent: -1, children: [] }) - 1;
  }

  private withId(spanId: string): readonly number[] {
    const found: number[] = [];
    let index = this.firstOf.get(spanId) ?? -1;
    for (; index >= 0 && found.length < LOOKED_AT; index = this.nextOf[index]) found.push(index);
    return found;
  }

  private mergeTwo(first: Span, second: Span): Span {
    if (isComplete(first) && isComplete(second)) this.flaw('repeated-span', first.spanId);
    return {
      ...first,
      parentId: first.parentId ?? second.parentId,
      name: first.name || second.name,
      start: first.start ?? second.start,
      end: first.end ?? second.end,
      status: first.status === 'unset' ? second.status : first.status,
      attributes: union(second.attributes, first.attributes),
    };
  }

  /** @returns placeholders of what is missing, by id */
  private findParents(): Map<string, number> {
    const placeholders = new Map<string, number>();
    const { length } = this.nodes;
    for (let index = 0; index < length; index++) {
      const node = this.nodes[index];
      const span = node.span!;
      const client = this.clientOf(span);
      if (client !== undefined) node.parent = client;
      else if (span.parentId !== undefined) {
        const found = this.nodeFor(span.parentId, span);
        if (found === undefined) this.flaw('missing-parent', span.spanId);
        node.parent = found ?? this.placeholder(span.parentId, placeholders);
      }
    }
    return placeholders;
  }

  /** Of a server, the client that has the same id. */
  private clientOf({ spanId, kind }: Span): number | undefined {
    if (kind !== 'server' && kind !== 'consumer') return undefined;
    const other = kind === 'server' ? 'client' : 'producer';
    return this.withId(spanId).find((index) => this.nodes[index].span!.kind === other);
  }

  /** Of spans that share an id, a child belongs to that of its own service; if none is, to a server. */
  private nodeFor(parentId: string, { service }: Span): number | undefined {
    const first = this.firstOf.get(parentId);
    if (first === undefined || this.nextOf[first] < 0) return first;
    const candidates = this.withId(parentId);
    const own = candidates.filter((index) => this.nodes[index].span!.service === service);
    const among = own.length > 0 ? own : candidates;
    return among.find((index) => this.nodes[index].span!.kind === 'server') ?? among[0];
  }

  private placeholder(spanId: string, placeholders: Map<string, number>): number {
    const known = placeholders.get(spanId);
    if (known !== undefined) return known;
    const index = this.append(undefined);
    placeholders.set(spanId, index);
    return index;
  }

  /** In each circle the first span gets a placeholder for its parent. */
  private cutCycles(placeholders: Map<string, number>): void {
    const { nodes } = this;
    /** The walk in which each node was met; 0 for none. */
    const met = new Uint32Array(nodes.length);
    for (let from = 0; from < met.length; from++) {
      let at = from;
      while (at >= 0 && at < met.length && met[at] === 0) {
        met[at] = from + 1;
        at = nodes[at].parent;
      }
      if (at < 0 || at >= met.length || met[at] !== from + 1) continue;
      this.flaw('parent-cycle', nodes[at].span!.spanId);
      // No id has a blank.
      nodes[at].parent = this.placeholder(`cycle ${at}`, placeholders);
    }
  }
}

function isComplete({ start, end }: Span): boolean {
  return start !== undefined && end !== undefined;
}

/** Whether both say something, and not the same. */
function contradict(a: Span, b: Span): boolean {
  return (
    differ(a.parentId, b.parentId) ||
    differ(a.start, b.start) ||
    differ(a.end, b.end) ||
    differ(a.name || undefined, b.name || undefined)
  );
}

function differ<Value>(a: Value | undefined, b: Value | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function union(under: Attributes, over: Attributes): Attributes {
  return over.size === 0 ? under : new Map([...under, ...over]);
}
