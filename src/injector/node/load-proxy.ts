/** The proxy, for those who know only then whether they need it: it brings a library along. */
import type { CallProxy, ProxyOptions } from './call-proxy.js';
import type { InjectionSettings } from './settings.js';

/** @param complain told once, when spans can no longer be sent */
export async function makeProxy(
  settings: InjectionSettings,
  options: ProxyOptions,
  complain: (reason: string) => void,
): Promise<CallProxy> {
  const [{ CallProxy: Proxy }, { Injector }, { SpanExporter }, { request }] = await Promise.all([
    import('./call-proxy.js'),
    import('./injector.js'),
    import('./export.js'),
    import('node:http'),
  ]);
  const { collector } = settings;
  return new Proxy(
    new Injector(settings, collector && new SpanExporter(collector, request, complain)),
    options,
  );
}
