/**
 * The spans of one command: itself, in it each check, and in a check what it was busy with. A span is begun and ended
 * by what the work tells, at the time at which that was heard.
 */
import { randomBytes } from 'node:crypto';
import type { Attributes, Span } from '../../toolkit.js';

/** Attributes that are still to be said. */
export type SpanAttributes = Map<string, string | number | boolean>;

/** What a check is busy with, in this order where it comes to it. */
export type CheckPart = 'prepare' | 'search' | 'replay' | 'certify';

export interface OpenSpan {
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly attributes: SpanAttributes;
  hasFailed: boolean;
}

export class CommandSpans {
  readonly traceId = hex(16);
  private readonly command: OpenSpan;
  private check: OpenSpan | undefined;
  private part: (OpenSpan & { readonly name: CheckPart }) | undefined;
  private ended: Span[] = [];

  /** @param service what the spans are of */
  constructor(
    private readonly service: string,
    name: string,
    now: number,
  ) {
    this.command = this.open(name, undefined, now);
  }

  /** The check, or the command where there is none. */
  get attributes(): SpanAttributes {
    return (this.check ?? this.command).attributes;
  }

  /** A check begins; one that goes on ends. */
  beginCheck(name: string, now: number): void {
    this.endCheck(now);
    this.check = this.open(name, this.command.spanId, now);
  }

  /** The check comes to a part; the one before it ends. */
  enter(part: CheckPart, now: number): void {
    if (this.check === undefined || this.part?.name === part) return;
    this.endPart(now);
    this.part = { ...this.open(part, this.check.spanId, now), name: part };
  }

  /** Something that has ended, in the part of the check. */
  add(
    name: string,
    begun: number,
    ended: number,
    details: Pick<Span, 'links' | 'status' | 'attributes'>,
  ): void {
    const within = this.part ?? this.check ?? this.command;
    this.ended.push({ ...this.spanOf(this.open(name, within.spanId, begun), ended), ...details });
  }

  /** The check has no result. */
  abandon(now: number): void {
    this.endPart(now);
    if (this.check !== undefined) this.check.hasFailed = true;
  }

  endPart(now: number): void {
    if (this.part !== undefined) this.ended.push(this.spanOf(this.part, now));
    this.part = undefined;
  }

  endCheck(now: number): void {
    this.endPart(now);
    if (this.check !== undefined) this.ended.push(this.spanOf(this.check, now));
    this.check = undefined;
  }

  end(now: number): void {
    this.endCheck(now);
    this.ended.push(this.spanOf(this.command, now));
  }

  /** Those that have ended since they were last taken. */
  take(): readonly Span[] {
    const taken = this.ended;
    this.ended = [];
    return taken;
  }

  private open(name: string, parentId: string | undefined, begun: number): OpenSpan {
    return { spanId: hex(8), parentId, name, begun, attributes: new Map(), hasFailed: false };
  }

  private spanOf({ spanId, parentId, name, begun, attributes, hasFailed }: OpenSpan, ended: number): Span {
    return {
      traceId: this.traceId,
      spanId,
      parentId,
      followsParent: false,
      links: [],
      kind: 'internal',
      service: this.service,
      name,
      start: nanoseconds(begun),
      end: nanoseconds(Math.max(begun, ended)),
      status: hasFailed ? 'error' : 'unset',
      attributes: attributes satisfies Attributes,
    };
  }
}

/** @param milliseconds since 1970 */
export function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1e3)) * 1_000n;
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
