/** What protections protect, in words. */
import type { Protection } from '../../../injector/protections.js';
import { visible } from '../../../model/text/display.js';
import { listed } from '../../../model/text/numbers.js';

/** `b never fails`, `a and b->Z never fail` */
export function describeProtections(protections: readonly Protection[]): string {
  return `${listed(protections.map(nameOf))} never ${protections.length === 1 ? 'fails' : 'fail'}`;
}

function nameOf(protection: Protection): string {
  switch (protection.kind) {
    case 'node':
      return visible(protection.node);
    case 'channel':
      return `${visible(protection.from)}->${visible(protection.to)}`;
  }
}
