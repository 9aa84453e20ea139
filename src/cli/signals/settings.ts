/**
 * Where the signals of ldfi itself go, as the environment says: by the variables that every SDK of OpenTelemetry heeds.
 * What is sent is OTLP over HTTP, as JSON.
 */
import type { Attributes } from '../../toolkit.js';

/** The signals that are sent. */
export type SignalKind = 'traces' | 'metrics';

/** Where one kind of signal goes. */
export interface Destination {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ExportSettings {
  /** By the kind; one that is not there is not wanted. */
  readonly destinations: ReadonlyMap<SignalKind, Destination>;
  /** What sends them: `service.name` and what else the user says of it. */
  readonly resource: Attributes;
  /** Milliseconds for which a collector is waited for. */
  readonly timeout: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

const KINDS: readonly SignalKind[] = ['traces', 'metrics'];

/** Milliseconds; less than an SDK waits for, as the user waits as well. */
const TIMEOUT = 2_000;

/**
 * @param variables of the environment
 * @returns undefined where nothing is wanted
 * @throws TypeError for an address that is none
 */
export function readExportSettings(variables: Variables, version: string): ExportSettings | undefined {
  const valueOf = (name: string) => (variables[`OTEL_${name}`] ?? '').trim();
  if (valueOf('SDK_DISABLED').toLowerCase() === 'true') return undefined;
  const destinations = new Map<SignalKind, Destination>();
  for (const kind of KINDS) {
    const own = kind.toUpperCase();
    const base = valueOf('EXPORTER_OTLP_ENDPOINT');
    const address =
      valueOf(`EXPORTER_OTLP_${own}_ENDPOINT`) || (base && `${base.replace(/\/$/, '')}/v1/${kind}`);
    if (address === '' || valueOf(`${own}_EXPORTER`).toLowerCase() === 'none') continue;
    const headers = pairsOf(`${valueOf('EXPORTER_OTLP_HEADERS')},${valueOf(`EXPORTER_OTLP_${own}_HEADERS`)}`);
    destinations.set(kind, { url: urlOf(address), headers: Object.fromEntries(headers) });
  }
  if (destinations.size === 0) return undefined;
  const resource = new Map([
    ['service.name', 'ldfi'],
    ['service.version', version],
    ...pairsOf(valueOf('RESOURCE_ATTRIBUTES')),
  ]);
  const name = valueOf('SERVICE_NAME');
  if (name !== '') resource.set('service.name', name);
  return { destinations, resource, timeout: Number(valueOf('EXPORTER_OTLP_TIMEOUT')) || TIMEOUT };
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new TypeError(`${address} is no address that begins with http:// or https://`);
  return url;
}

/** `key=value` with commas between, as W3C Baggage writes them: values may be percent-encoded. */
function pairsOf(text: string): readonly (readonly [string, string])[] {
  return text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())] as const];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
