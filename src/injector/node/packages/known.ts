/** The packages whose calls are known, where a service has them. */
import { injectIntoAmqplib } from './amqplib.js';
import { injectIntoGrpcClients } from './grpc-client.js';
import { injectIntoGrpcServers } from './grpc-server.js';
import { injectIntoIoredis } from './ioredis.js';
import { injectIntoNodeRedis, injectIntoNodeRedisPool } from './node-redis.js';
import { injectIntoPg, injectIntoPgPool } from './pg.js';
import { injectIntoUndici } from './undici.js';
import type { WrappedPackage } from './when-loaded.js';

export const KNOWN_PACKAGES: readonly WrappedPackage[] = [
  { file: 'amqplib/lib/channel.js', wraps: [injectIntoAmqplib] },
  { file: '@grpc/grpc-js/build/src/index.js', wraps: [injectIntoGrpcClients, injectIntoGrpcServers] },
  { file: '@redis/client/dist/lib/client/index.js', wraps: [injectIntoNodeRedis] },
  { file: '@redis/client/dist/lib/client/pool.js', wraps: [injectIntoNodeRedisPool] },
  { file: 'ioredis/built/index.js', wraps: [injectIntoIoredis] },
  { file: 'pg/lib/client.js', wraps: [injectIntoPg] },
  { file: 'pg-pool/index.js', wraps: [injectIntoPgPool] },
  { file: 'undici/lib/dispatcher/client.js', wraps: [injectIntoUndici] },
];
