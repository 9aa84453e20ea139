/** What a service is told of the campaign that it is part of, by its environment. */
import { ENVIRONMENT } from './contract.js';

export interface InjectionSettings {
  /** The token that a request has to carry to be heeded. */
  readonly campaign: string;
  /** What this service is called. */
  readonly service: string;
  /** What others are called, by `host:port`. */
  readonly services: ReadonlyMap<string, string>;
  /** Where spans go; undefined where nobody wants them. */
  readonly collector: URL | undefined;
}

/** Production is left alone, unless this is `1` there. */
export const ALLOW_PRODUCTION = 'LDFI_ALLOW_PRODUCTION';

type Variables = Readonly<Record<string, string | undefined>>;

/** Whether the environment is one of production that does not allow this. */
export function isGuarded(variables: Variables): boolean {
  return variables.NODE_ENV === 'production' && variables[ALLOW_PRODUCTION] !== '1';
}

/**
 * @param variables of the environment
 * @param otherwise what the service is called where the environment does not say
 * @returns undefined where there is no campaign
 */
export function readInjectionSettings(
  variables: Variables,
  otherwise: string,
): InjectionSettings | undefined {
  const campaign = variables[ENVIRONMENT.campaign] ?? '';
  if (campaign === '') return undefined;
  const collector = variables[ENVIRONMENT.collector] ?? '';
  return {
    campaign,
    service: (variables[ENVIRONMENT.service] ?? '') || otherwise,
    services: readServices(variables),
    collector: URL.canParse(collector) ? new URL(collector) : undefined,
  };
}

/** What is called what, by address. */
export function readServices(variables: Variables): InjectionSettings['services'] {
  return new Map(
    (variables[ENVIRONMENT.services] ?? '')
      .split(',')
      .map((entry) => entry.trim().split('='))
      .filter((parts): parts is [string, string] => parts.length === 2)
      .map(([name, address]) => [sameHost(address), name]),
  );
}

/** What is at an address, or the address itself. The port that goes without saying is left out. */
export function calleeAt(services: InjectionSettings['services'], host: string, port: number): string {
  const name = services.get(sameHost(`${host}:${port}`)) ?? services.get(host);
  return name ?? (port === 80 || port === 443 ? host : `${host}:${port}`);
}

/** The port of an address; the one that goes without saying, where it does not say. */
export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** This machine has several names. */
function sameHost(address: string): string {
  return address.replace(/^(?:localhost|\[?::1\]?)(?=:\d+$)/, '127.0.0.1');
}
