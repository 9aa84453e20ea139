/** The services of a system: where they are, and how they are started and waited for. */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { resolve } from 'node:path';
import { ENVIRONMENT } from '../../injector/node/contract.js';
import { portOf } from '../../injector/node/settings.js';
import type { ComposedService, RunningService, StartedService, System } from '../scenario/define-system.js';
import { ComposeProject } from './compose.js';
import { freePort } from './free-port.js';
import { inheritedVariables } from './inherited.js';
import { ProcessGroups, type StartedProcess } from './processes.js';
import { SystemError } from './system-error.js';

/** For how long a service may start, in milliseconds. */
const START = 20_000;

/** Milliseconds between two looks at whether it is ready. */
const LOOK = 50;

export interface ServiceSettings {
  readonly campaign: string;
  readonly collector: { readonly host: string; readonly port: number };
  /** What is loaded into services of Node, as an address of a file. */
  readonly injection: string;
  /** Hosts beside this machine at which services may be. */
  readonly allowedHosts: readonly string[];
}

interface Started {
  readonly service: StartedService;
  readonly port: number;
  process: StartedProcess;
}

export class Services {
  private readonly groups = new ProcessGroups();
  private readonly addresses = new Map<string, string>();
  private readonly started = new Map<string, Started>();
  private readonly projects: ComposeProject[] = [];

  constructor(
    private readonly services: System['services'],
    private readonly settings: ServiceSettings,
  ) {}

  /** @throws SystemError where one does not start, or is on another machine without leave */
  async start(): Promise<void> {
    const own: (readonly [string, StartedService, number])[] = [];
    for (const [name, service] of Object.entries(this.services)) {
      if (isRunning(service))
        this.addresses.set(name, addressOf(name, service.at, this.settings.allowedHosts));
      else if (!isComposed(service)) {
        const port = service.port ?? (await freePort());
        this.addresses.set(name, `http://127.0.0.1:${port}`);
        own.push([name, service, port]);
      }
    }
    await this.compose();
    for (const [name, service, port] of own)
      this.started.set(name, { service, port, process: this.spawn(name, service, port) });
    await Promise.all(
      [...this.started].map(([name, { service, process }]) => this.ready(name, service.ready, process)),
    );
  }

  /** Starts the services of Compose files, each file at once. */
  private async compose(): Promise<void> {
    const outside = new Map([...this.addresses].map(([name, at]) => [name, portOf(new URL(at))] as const));
    for (const [file, services] of this.composeFiles()) {
      const settings = { ...this.settings, collector: this.settings.collector.port, outside };
      const project = new ComposeProject(file, services, settings, this.groups, this.projects.length);
      this.projects.push(project);
      for (const [name, address] of await project.start()) this.addresses.set(name, address);
      await Promise.all([...services].map(([name, { ready }]) => this.ready(name, ready)));
    }
  }

  /** @throws SystemError where there is no such service */
  url(name: string): string {
    const address = this.addresses.get(name);
    if (address === undefined)
      throw new SystemError(
        `there is no service ${name}; there are ${[...this.addresses.keys()].join(', ')}`,
      );
    return address;
  }

  /** Starts those again that have ended. @returns their names */
  async revive(): Promise<readonly string[]> {
    const ended = [...this.started].filter(([, { process }]) => process.hasEnded);
    for (const [name, started] of ended) {
      started.process = this.spawn(name, started.service, started.port);
      await this.ready(name, started.service.ready, started.process);
    }
    return ended.map(([name]) => name);
  }

  async end(): Promise<void> {
    await this.groups.end();
    for (const project of this.projects) project.end();
  }

  /** The services of each Compose file, by the path of that. */
  private composeFiles(): ReadonlyMap<string, ReadonlyMap<string, ComposedService>> {
    const files = new Map<string, Map<string, ComposedService>>();
    for (const [name, service] of Object.entries(this.services)) {
      if (!isComposed(service)) continue;
      const file = resolve(service.folder ?? process.cwd(), service.compose);
      files.set(file, (files.get(file) ?? new Map<string, ComposedService>()).set(name, service));
    }
    return files;
  }

  private spawn(name: string, service: StartedService, port: number): StartedProcess {
    const { collector } = this.settings;
    return this.groups.start(service.command, {
      cwd: service.folder ?? process.cwd(),
      env: {
        ...inheritedVariables(process.env),
        ...this.urls(),
        ...(service.inject !== false && { NODE_OPTIONS: `--import=${this.settings.injection}` }),
        PORT: String(port),
        [ENVIRONMENT.campaign]: this.settings.campaign,
        [ENVIRONMENT.service]: name,
        [ENVIRONMENT.services]: [...this.addresses]
          .map(([other, address]) => `${other}=${new URL(address).host}`)
          .join(','),
        [ENVIRONMENT.collector]: `http://${collector.host}:${collector.port}`,
        ...service.environment,
      },
    });
  }

  private urls(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.addresses].map(([name, address]) => [
        `${name.toUpperCase().replace(/\W/g, '_')}_URL`,
        address,
      ]),
    );
  }

  /** @param process what it runs as; undefined of what does not end with ldfi's own processes */
  private async ready(name: string, ready: string | undefined, process?: StartedProcess): Promise<void> {
    const address = new URL(this.url(name));
    const last = Date.now() + START;
    for (;;) {
      if (process?.hasEnded === true)
        throw new SystemError(
          `the service ${name} ended instead of starting: ${process.written.trim() || 'it wrote nothing'}`,
        );
      if (await isReady(ready, address)) return;
      if (Date.now() > last)
        throw new SystemError(`the service ${name} was not ready after ${START / 1000} s`);
      await delay(LOOK);
    }
  }
}

const OWN_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** @throws SystemError where it is another machine's, of which nobody said that it may be asked */
function addressOf(name: string, at: string, allowedHosts: readonly string[]): string {
  if (!URL.canParse(at)) throw new SystemError(`the service ${name} is at ${at}, which is no address`);
  const { hostname } = new URL(at);
  if (![...OWN_HOSTS, ...allowedHosts].includes(hostname))
    throw new SystemError(
      `the service ${name} is at ${hostname}, which is another machine; --allow-host ${hostname} lets it be asked`,
    );
  return at.replace(/\/$/, '');
}

type Service = System['services'][string];

/** Whether some of them run in containers. */
export function hasContainers(services: System['services']): boolean {
  return Object.values(services).some(isComposed);
}

function isRunning(service: Service): service is RunningService {
  return 'at' in service;
}

function isComposed(service: Service): service is ComposedService {
  return 'compose' in service;
}

/** @param ready the path that it answers; undefined where it is ready once it accepts connections */
async function isReady(ready: string | undefined, address: URL): Promise<boolean> {
  if (ready === undefined) return accepts(address);
  try {
    const { status } = await fetch(new URL(ready, address), { signal: AbortSignal.timeout(1_000) });
    return status < 500;
  } catch {
    return false;
  }
}

function accepts(address: URL): Promise<boolean> {
  return new Promise((fulfil) => {
    const socket = connect(portOf(address), address.hostname, () => {
      socket.destroy();
      fulfil(true);
    });
    socket.once('error', () => {
      fulfil(false);
    });
  });
}
