/** What protections protect, in words. */
import type { ChannelProtection, NodeProtection, Protection } from '../../../injector/protections.js';
import { visible } from '../../../model/text/display.js';
import { listed } from '../../../model/text/numbers.js';

/** `every ack arrives`, `a and b->Z never fail` */
export function describeProtections(protections: readonly Protection[]): string {
  const arriving = protections.flatMap((each) =>
    each.kind === 'message' ? [`every ${visible(each.name)}`] : [],
  );
  const others = protections.flatMap((each) => (each.kind === 'message' ? [] : [nameOf(each)]));
  return listed([
    ...(arriving.length === 0 ? [] : [`${listed(arriving)} ${arriving.length === 1 ? 'arrives' : 'arrive'}`]),
    ...(others.length === 0 ? [] : [`${listed(others)} never ${others.length === 1 ? 'fails' : 'fail'}`]),
  ]);
}

function nameOf(protection: NodeProtection | ChannelProtection): string {
  switch (protection.kind) {
    case 'node':
      return visible(protection.node);
    case 'channel':
      return `${visible(protection.from)}->${visible(protection.to)}`;
  }
}
