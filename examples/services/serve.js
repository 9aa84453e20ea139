/** What all of these services are made of: a server of JSON, and calls that do not wait for ever. */
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** A refusal that a service means to give: an answer with a status of its own. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Answers requests at the port that `PORT` says. What a route returns is the answer; what it throws is an answer of
 * status 500, or of a status of its own.
 *
 * @param routes functions of the request's parameters and body, by `GET /path`
 */
export function serve(routes) {
  createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://service');
    const say = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const route = routes[`${request.method} ${pathname}`];
    if (route === undefined) return say(404, { error: 'no such route' });
    try {
      const body = request.method === 'GET' ? undefined : await json(request);
      say(200, (await route(Object.fromEntries(searchParams), body)) ?? {});
    } catch (error) {
      say(error instanceof Refusal ? error.status : 500, { error: error.message });
    }
  }).listen(Number(process.env.PORT), '127.0.0.1');
}

/** How long a call is waited for, in milliseconds. */
export const PATIENCE = 4_000;

/** The answer of another service. @throws Error where there is none, or it is no success */
export async function ask(service, path, body) {
  const address = process.env[`${service.toUpperCase()}_URL`];
  const response = await fetch(address + path, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) throw new Refusal(502, `${service} answered ${response.status}`);
  return response.json();
}

/** Starts the service that the command line names, of several that stand in one file. */
export function run(services) {
  serve(services[process.argv[2]]);
}
