/** Puts injection in place of what Node offers. What was taken before, by modules that were loaded first, stays as it was. */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { SpanExporter } from './export.js';
import { injectingFetch } from './fetch.js';
import { injectingRequest } from './http-client.js';
import { injectingEmit } from './http-server.js';
import { Injector } from './injector.js';
import { KNOWN_PACKAGES } from './packages/known.js';
import { wrapWhenLoaded } from './packages/when-loaded.js';
import { ALLOW_PRODUCTION, isGuarded, readInjectionSettings } from './settings.js';

/** Changes nothing unless the environment names a campaign. */
export function install(variables: NodeJS.ProcessEnv): void {
  const settings = readInjectionSettings(
    variables,
    basename(process.argv[1] ?? 'node').replace(/\.\w+$/, ''),
  );
  if (settings === undefined) return;
  if (isGuarded(variables)) {
    warn(`nothing is injected, since NODE_ENV is production; ${ALLOW_PRODUCTION}=1 allows it`);
    return;
  }
  const { request } = http;
  const { collector } = settings;
  const exporter =
    collector &&
    new SpanExporter(collector, request, (reason) => {
      warn(`spans are lost: ${collector.origin}: ${reason}`);
    });
  installInto(new Injector(settings, exporter));
}

function installInto(injector: Injector): void {
  globalThis.fetch = injectingFetch(globalThis.fetch, injector);
  replaceRequest(
    http,
    injectingRequest(http.request, 'http:', () => http.globalAgent, injector),
  );
  replaceRequest(
    https,
    injectingRequest(https.request, 'https:', () => https.globalAgent, injector),
  );
  for (const { prototype } of [http.Server, https.Server]) {
    prototype.emit = injectingEmit(prototype.emit, injector);
  }
  // For modules that import them by name.
  syncBuiltinESMExports();
  wrapWhenLoaded(KNOWN_PACKAGES, injector, (file, reason) => {
    warn(`calls by ${file} are not seen: ${reason}`);
  });
}

function replaceRequest(module: typeof http | typeof https, request: typeof http.request): void {
  module.request = request;
  module.get = ((...words: Parameters<typeof request>) => {
    const made = request(...words);
    made.end();
    return made;
  }) as typeof http.get;
}

function warn(text: string): void {
  process.emitWarning(text, { type: 'ldfi' });
}
