/** Calls and requests of HTTP, as they are named and told of. */
import { httpOperation } from './contract.js';
import type { CallToMake } from './injector.js';
import { portOf } from './settings.js';
import type { Ending, Said } from './told-spans.js';

/** A call of HTTP. */
export function httpCall(method: string, url: URL): CallToMake<'http'> {
  return {
    protocol: 'http',
    operation: httpOperation(method, url.pathname),
    host: url.hostname,
    port: portOf(url),
    said: requestSaid(method, url.pathname),
  };
}

export function requestSaid(method: string, path: string): readonly Said[] {
  return [
    ['http.request.method', method],
    ['url.path', path],
  ];
}

/** How a call ended that was answered. From 400 a status is an error to who gets it. */
export function answeredCall(status: number | undefined): Ending {
  return answered(status, 400);
}

/** How a request ended that was answered. From 500 a status is an error to who says it. */
export function answeredRequest(status: number): Ending {
  return answered(status, 500);
}

function answered(status: number | undefined, least: number): Ending {
  return {
    said: [['http.response.status_code', status]],
    error: status !== undefined && status >= least ? String(status) : undefined,
  };
}
