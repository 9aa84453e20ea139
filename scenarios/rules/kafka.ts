/**
 * Kafka's replication of one partition, with in-sync sets (from version 0.8 on).
 *
 * Modelled: a leader copies each write to the followers that are in sync, and acknowledges it once all of these
 * have stored it. Followers keep in touch with ZooKeeper, which tells the leader who has dropped out.
 * Left out: several partitions, followers that fetch instead of being sent to, and the election of a new leader,
 * who could not serve the lost write, since no surviving node has it.
 *
 * The bug, with the default settings: "all that are in sync" may be the leader alone. When both followers miss a
 * heartbeat, the leader acknowledges the write by itself, and when it crashes then, an acknowledged write is lost.
 * The repair is to refuse with too few in sync (`min.insync.replicas`).
 */
import {
  count,
  crash,
  defineScenario,
  integer,
  location,
  not,
  oneOf,
  program,
  relation,
  string,
  variables,
} from 'ldfi';

const nodes = ['a', 'b', 'c', 'C', 'Z'] as const;
const followers = ['b', 'c'] as const;

const { node, leader, follower, zookeeper, client, data, word, size, least } = variables({
  node: location(nodes),
  leader: location(nodes),
  follower: location(nodes),
  zookeeper: location(nodes),
  client: location(nodes),
  data: string,
  word: oneOf('in', 'out'),
  size: integer,
  least: integer,
});

const leads = relation('leads', { node, leader });
const registers = relation('registers', { follower, zookeeper });
const watches = relation('watches', { zookeeper, follower });

const heartbeat = relation('heartbeat', { zookeeper, follower });
const status = relation('status', { leader, follower, word });
const inSync = relation('in_sync', { leader, node });
const wasInSync = relation('was_in_sync', { leader, node });

const group = program(
  leads({ node: 'C', leader: 'a' }).at(1),
  leads({ node: 'Z', leader: 'a' }).at(1),
  leads.persists(),
  followers.map((follower) => [
    registers({ follower, zookeeper: 'Z' }).at(1),
    watches({ zookeeper: 'Z', follower }).at(1),
  ]),
  registers.persists(),
  watches.persists(),
);

const synchronisation = program(
  // When the run begins, all are in touch and in sync.
  followers.map((follower) => heartbeat({ zookeeper: 'Z', follower }).at(1)),
  (['a', ...followers] as const).map((node) => wasInSync({ leader: 'a', node }).at(1)),

  // ZooKeeper counts a follower out as soon as one of its heartbeats is missing, and in again at the next.
  heartbeat({ zookeeper, follower }).async.when(registers({ follower, zookeeper })),
  status({ leader, follower, word: 'in' }).async.when(
    leads({ node: zookeeper, leader }),
    heartbeat({ zookeeper, follower }),
  ),
  status({ leader, follower, word: 'out' }).async.when(
    leads({ node: zookeeper, leader }),
    watches({ zookeeper, follower }),
    not(heartbeat({ zookeeper, follower })),
  ),

  // The in-sync set as the leader knows it: itself, and the followers not counted out by the last word it had.
  inSync({ leader, node: follower }).when(status({ leader, follower, word: 'in' })),
  inSync({ leader, node }).when(
    wasInSync({ leader, node }),
    not(status({ leader, follower: node, word: 'out' })),
  ),
  wasInSync({ leader, node }).next.when(inSync({ leader, node })),
);

const submit = relation('submit', { client, data });
const write = relation('write', { leader, client, data });
const pending = relation('pending', { leader, client, data });
const log = relation('log', { node, data });
const copy = relation('copy', { follower, leader, data });
const stored = relation('stored', { leader, follower, data });

const replication = program(
  // The client writes to the leader, once.
  submit({ client: 'C', data: 'w' }).at(2),
  write({ leader, client, data }).async.when(submit({ client, data }), leads({ node: client, leader })),

  // The leader logs a write and copies it to the in-sync set, until they have stored it.
  pending({ leader, client, data }).when(write({ leader, client, data })),
  pending.persists(),
  log({ node: leader, data }).when(write({ leader, data })),
  log.persists(),
  copy({ follower, leader, data }).async.when(
    log({ node: leader, data }),
    inSync({ leader, node: follower }),
    follower.isNot(leader),
    not(stored({ leader, follower, data })),
  ),
  log({ node: follower, data }).when(copy({ follower, data })),
  stored({ leader, follower, data }).async.when(copy({ follower, leader, data })),
  stored.persists(),
);

const unstored = relation('unstored', { leader, data });
const inSyncSize = relation('in_sync_size', { leader, size });
const minInSync = relation('min_insync', { leader, least });
const ack = relation('ack', { client, data });
const acked = relation('acked', { client, data });

const acknowledgement = program(
  // The leader acknowledges a write that is stored by the whole in-sync set, if that set is large enough.
  unstored({ leader, data }).when(
    log({ node: leader, data }),
    inSync({ leader, node: follower }),
    follower.isNot(leader),
    not(stored({ leader, follower, data })),
  ),
  inSyncSize({ leader, size: count(node) }).when(inSync({ leader, node })),
  ack({ client, data }).async.when(
    pending({ leader, client, data }),
    not(unstored({ leader, data })),
    inSyncSize({ leader, size }),
    minInSync({ leader, least }).at(1),
    size.isAtLeast(least),
  ),
  acked({ client, data }).when(ack({ client, data })),
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

const kafka = program(group, synchronisation, replication, acknowledgement, durability);

export const byDefault = defineScenario({
  name: 'Kafka',
  nodes,
  bounds: { eot: 7, eff: 4, crashes: 1 },
  expect: 'violated',
  rules: program(kafka, minInSync({ leader: 'a', least: 1 }).at(1)),
});

export const withTwoInSync = defineScenario({
  name: 'Kafka with min.insync.replicas=2',
  nodes,
  bounds: { eot: 7, eff: 4, crashes: 1 },
  expect: 'certified',
  rules: program(kafka, minInSync({ leader: 'a', least: 2 }).at(1)),
});
