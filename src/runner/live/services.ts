/** The services of a system: where they are, and how they are started and waited for. */
import { connect } from 'node:net';
import { ENVIRONMENT } from '../../injector/node/contract.js';
import type { RunningService, StartedService, System } from '../scenario/define-system.js';
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
  /** The port of the collector. */
  readonly collector: number;
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
      else {
        const port = service.port ?? (await freePort());
        this.addresses.set(name, `http://127.0.0.1:${port}`);
        own.push([name, service, port]);
      }
    }
    for (const [name, service, port] of own)
      this.started.set(name, { service, port, process: this.spawn(name, service, port) });
    await Promise.all([...this.started].map(([name, started]) => this.ready(name, started)));
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
      await this.ready(name, started);
    }
    return ended.map(([name]) => name);
  }

  end(): Promise<void> {
    return this.groups.end();
  }

  private spawn(name: string, service: StartedService, port: number): StartedProcess {
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
        [ENVIRONMENT.collector]: `http://127.0.0.1:${this.settings.collector}`,
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

  private async ready(name: string, { service, port, process }: Started): Promise<void> {
    for (const until = Date.now() + START; ; await new Promise((resolve) => setTimeout(resolve, LOOK))) {
      if (process.hasEnded)
        throw new SystemError(
          `the service ${name} ended instead of starting: ${process.written.trim() || 'it wrote nothing'}`,
        );
      if (await isReady(service, port)) return;
      if (Date.now() > until)
        throw new SystemError(`the service ${name} was not ready after ${START / 1000} s`);
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

function isRunning(service: StartedService | RunningService): service is RunningService {
  return 'at' in service;
}

async function isReady({ ready }: StartedService, port: number): Promise<boolean> {
  if (ready === undefined) return accepts(port);
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}${ready}`, {
      signal: AbortSignal.timeout(1_000),
    });
    return status < 500;
  } catch {
    return false;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
