/** The packages whose calls are known, where a service has them. */
import { injectIntoGrpcClients } from './grpc-client.js';
import { injectIntoGrpcServers } from './grpc-server.js';
import type { WrappedPackage } from './when-loaded.js';

export const KNOWN_PACKAGES: readonly WrappedPackage[] = [
  { file: '@grpc/grpc-js/build/src/index.js', wraps: [injectIntoGrpcClients, injectIntoGrpcServers] },
];
