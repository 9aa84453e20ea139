/**
 * Primary/backup replication (Alsberg and Day 1976): a client writes to a primary, which copies to two backups.
 *
 * Modelled: one write; copies are sent again until they are stored.
 * Left out: failover, for no backup could serve a write that none has.
 *
 * The bug of the asynchronous primary, which acknowledges at once: what it has acknowledged and not yet copied dies
 * with it. The repair is to acknowledge only what all backups have stored. The price is that one backup that does
 * not answer holds up every write.
 */
import { crash, defineScenario, location, not, program, relation, string, variables } from 'ldfi';

const nodes = ['a', 'b', 'c', 'C'] as const;

const { node, primary, backup, client, data } = variables({
  node: location(nodes),
  primary: location(nodes),
  backup: location(nodes),
  client: location(nodes),
  data: string,
});

const serves = relation('serves', { client, primary });
const backs = relation('backs', { primary, backup });
const submit = relation('submit', { client, data });
const write = relation('write', { primary, client, data });
const pending = relation('pending', { primary, client, data });
const log = relation('log', { node, data });
const unstored = relation('unstored', { primary, backup, data });
const copy = relation('copy', { backup, primary, data });
const stored = relation('stored', { primary, backup, data });
const acked = relation('acked', { client, data });

const replication = program(
  // a is the primary of b and c.
  backs({ primary: 'a', backup: 'b' }).at(1),
  backs({ primary: 'a', backup: 'c' }).at(1),
  backs.persists(),

  // The client C submits one write to it.
  serves({ client: 'C', primary: 'a' }).at(1),
  submit({ client: 'C', data: 'w' }).at(1),
  write({ primary, client, data }).async.when(submit({ client, data }), serves({ client, primary })),

  // The primary logs the write, and copies it to each backup until that backup has stored it.
  pending({ primary, client, data }).when(write({ primary, client, data })),
  pending.persists(),
  log({ node: primary, data }).when(write({ primary, data })),
  log.persists(),

  unstored({ primary, backup, data }).when(
    log({ node: primary, data }),
    backs({ primary, backup }),
    not(stored({ primary, backup, data })),
  ),
  copy({ backup, primary, data }).async.when(unstored({ primary, backup, data })),
  log({ node: backup, data }).when(copy({ backup, data })),
  stored({ primary, backup, data }).async.when(copy({ backup, primary, data })),
  stored.persists(),

  acked.persists(),
);

// A write that was acknowledged is on some node that has not crashed.
const pre = relation('pre', { client, data });
const post = relation('post', { client, data });

const durability = program(
  pre({ client, data }).when(acked({ client, data })),
  post({ client, data }).when(
    acked({ client, data }),
    log({ node, data }),
    not(crash({ observer: node, node })),
  ),
);

export const asynchronous = defineScenario({
  name: 'asynchronous primary/backup',
  nodes,
  bounds: { eot: 6, eff: 4, crashes: 1 },
  expect: 'violated',
  rules: program(
    replication,
    durability,
    acked({ client, data }).async.when(pending({ primary, client, data })),
  ),
});

export const synchronous = defineScenario({
  name: 'synchronous primary/backup',
  nodes,
  bounds: { eot: 6, eff: 4, crashes: 1 },
  expect: 'certified',
  rules: program(
    replication,
    durability,
    acked({ client, data }).async.when(pending({ primary, client, data }), not(unstored({ primary, data }))),
  ),
});
