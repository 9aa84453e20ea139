/** Calls and requests of gRPC, as they are named and told of. */
import { GRPC_STATUSES } from '../failures.js';
import type { CallToMake } from '../injector.js';
import type { Ending, Said } from '../told-spans.js';

/**
 * A call of gRPC.
 *
 * @param path of service and method: `/shop.Prices/Get`
 * @param target of the channel, as gRPC writes it: `dns:127.0.0.1:4001`
 */
export function grpcCall(path: string, target: string): CallToMake<'rpc'> {
  const [, host = target, port] = /^(?:[a-z\d+]+:)?(?:\/\/[^/]*\/)?(.*?)(?::(\d+))?$/.exec(target) ?? [];
  return {
    protocol: 'rpc',
    operation: methodOf(path),
    host,
    port: Number(port ?? HTTPS),
    said: grpcSaid(path),
  };
}

/** Where a channel goes that does not say. */
const HTTPS = 443;

/** `shop.Prices/Get` */
export function methodOf(path: string): string {
  return path.replace(/^\//, '');
}

/** By the names of now, and by those of old that do not contradict them. */
export function grpcSaid(path: string): readonly Said[] {
  return [
    ['rpc.system.name', 'grpc'],
    ['rpc.system', 'grpc'],
    ['rpc.method', methodOf(path)],
    ['rpc.service', methodOf(path).replace(/\/.*$/, '')],
  ];
}

/** How a call or a request ended that was answered. @param code the number of a status of gRPC */
export function grpcEnding(code: number): Ending {
  const status = GRPC_STATUSES[code] ?? String(code);
  return {
    said: [
      ['rpc.response.status_code', status],
      ['rpc.grpc.status_code', code],
    ],
    error: code === 0 ? undefined : status,
  };
}
