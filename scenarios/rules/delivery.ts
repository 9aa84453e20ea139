/**
 * Reliable delivery: a has a message, and if any other correct node delivers it, every node has to.
 *
 * Modelled: five ways to spread one message among three nodes that know each other, each repairing what the
 * one before gets wrong. A message that is logged is delivered, and a log is never forgotten.
 * Left out: several messages and their order, recovery after a crash.
 *
 * The bugs and their repairs: sent once, a lost copy is never made up for (`simple`). Sent again and again by the
 * broadcaster alone, a crash of the broadcaster ends it halfway (`retry`). Sent again and again by everyone, it
 * always succeeds, and never falls silent (`redundant`), unless receivers acknowledge (`acknowledged`). Relayed
 * once by everyone who receives it, it tolerates crashes, and no losses (`classic`; Hadzilacos and Toueg 1993).
 */
import { crash, defineScenario, location, not, program, relation, string, variables } from 'ldfi';

const nodes = ['a', 'b', 'c'] as const;

const { node, other, from, message } = variables({
  node: location(nodes),
  other: location(nodes),
  from: location(nodes),
  message: string,
});

const peer = relation('peer', { node, other });
const broadcast = relation('broadcast', { node, message });
const log = relation('log', { node, message });
const copy = relation('copy', { node, from, message });

// Every node knows the two others. What is logged stays logged.
const group = program(
  nodes.flatMap((node) =>
    nodes.filter((other) => other !== node).map((other) => peer({ node, other }).at(1)),
  ),
  peer.persists(),

  broadcast({ node: 'a', message: 'hello' }).at(1),
  log({ node, message }).when(broadcast({ node, message })),
  log.persists(),
);

// If a correct node other than the broadcaster delivers a message, every node that it knows has that message.
const pre = relation('pre', { node, message });
const post = relation('post', { node, message });
const missed = relation('missed', { node, message });

const specification = program(
  pre({ node, message }).when(
    log({ node, message }),
    not(broadcast({ node, message }).at(1)),
    not(crash({ observer: node, node })),
  ),
  post({ node, message }).when(log({ node, message }), not(missed({ node, message }))),
  missed({ node, message }).when(
    log({ node, message }),
    peer({ node, other }),
    not(log({ node: other, message })),
  ),
);

const delivery = program(group, specification);

/** The broadcaster sends to everyone, once. */
export const simple = defineScenario({
  name: 'simple delivery',
  nodes,
  bounds: { eot: 6, eff: 3, crashes: 0 },
  expect: 'violated',
  rules: program(
    delivery,
    log({ node: other, message }).async.when(broadcast({ node, message }), peer({ node, other })),
  ),
});

const sending = relation('sending', { node, message });

/** The broadcaster sends to everyone, at every timestep. */
export const retry = defineScenario({
  name: 'retried delivery',
  nodes,
  bounds: { eot: 6, eff: 3, crashes: 1 },
  expect: 'violated',
  rules: program(
    delivery,
    sending({ node, message }).when(broadcast({ node, message })),
    sending.persists(),
    log({ node: other, message }).async.when(sending({ node, message }), peer({ node, other })),
  ),
});

/** Everyone who has the message sends it to everyone, at every timestep. */
export const redundant = defineScenario({
  name: 'redundant delivery',
  nodes,
  bounds: { eot: 8, eff: 6, crashes: 1 },
  expect: 'certified',
  rules: program(
    delivery,
    log({ node: other, message }).async.when(log({ node, message }), peer({ node, other })),
  ),
});

const acknowledged = relation('acknowledged', { node, other, message });

/** Everyone who has the message sends it to everyone, until they acknowledge it. */
export const acknowledging = defineScenario({
  name: 'acknowledged delivery',
  nodes,
  bounds: { eot: 8, eff: 7, crashes: 1 },
  expect: 'certified',
  rules: program(
    delivery,
    copy({ node: other, from: node, message }).async.when(
      log({ node, message }),
      peer({ node, other }),
      not(acknowledged({ node, other, message })),
    ),
    log({ node, message }).when(copy({ node, message })),
    acknowledged({ node: from, other: node, message }).async.when(copy({ node, from, message })),
    acknowledged.persists(),
  ),
});

const relayed = relation('relayed', { node, message });

/** Whoever receives the message for the first time relays it to everyone, once. */
export const classic = defineScenario({
  name: 'classic delivery',
  nodes,
  bounds: { eot: 6, eff: 3, crashes: 0 },
  expect: 'violated',
  rules: program(
    delivery,
    copy({ node: other, from: node, message }).async.when(
      broadcast({ node, message }),
      peer({ node, other }),
    ),
    copy({ node, from: node, message }).async.when(broadcast({ node, message })),
    copy({ node: other, from: node, message }).async.when(
      copy({ node, message }),
      not(relayed({ node, message })),
      peer({ node, other }),
    ),
    relayed({ node, message }).next.when(copy({ node, message })),
    relayed.persists(),
    log({ node, message }).when(copy({ node, message })),
  ),
});
