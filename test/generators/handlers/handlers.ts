/**
 * Random small handler protocols. A failure prints them as statements that one can read, and they shrink by
 * dropping statements, guards and properties.
 */
import type { Arbitrary } from 'fast-check';
import fc from 'fast-check';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { HandlerProtocol } from '../../../src/model/handlers/protocol.js';
// That handlers are known.
import '../../../src/runner/scenario/define.js';
import { chance } from '../weights.js';
import { aimed } from './aim.js';
import { handlerProtocol } from './interpret.js';
import type { ProtocolChoice, Size } from './language.js';
import { printProtocol } from './print.js';
import { handlerSize, protocolChoice } from './protocols.js';

export interface GeneratedHandlers {
  readonly choice: ProtocolChoice;
  readonly protocol: HandlerProtocol;
  readonly nodes: readonly string[];
  /** Within them there are at most about 1,300 admissible fault sets. */
  readonly bounds: Bounds;
  /** What a failing property prints. */
  toString(): string;
}

/** Deterministic, of plain data, sends only to nodes, and never throws. */
export function generatedHandlers(sizes: Arbitrary<Size> = handlerSize): Arbitrary<GeneratedHandlers> {
  return fc
    .tuple(protocolChoice, sizes, chance(75))
    .map(([choice, size, isAimed]) => new Generated(isAimed ? aimed(choice, size) : choice, size));
}

export function handlersOf(choice: ProtocolChoice, size: Size): GeneratedHandlers {
  return new Generated(choice, size);
}

/** A class only so that fast-check prints the text and not the tree. */
class Generated implements GeneratedHandlers {
  readonly protocol: HandlerProtocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;

  constructor(
    readonly choice: ProtocolChoice,
    private readonly size: Size,
  ) {
    this.protocol = handlerProtocol(choice, size.nodes);
    this.nodes = size.nodes;
    this.bounds = size.bounds;
  }

  toString(): string {
    return printProtocol(this.choice, this.size);
  }
}
