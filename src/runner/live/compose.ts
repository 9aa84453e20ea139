/**
 * The services of a Compose file, as a project of the campaign's own, which `docker compose` starts and ends. What they
 * are told of the campaign stands in a second file, which Compose merges with the user's; that stays as it is.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ENVIRONMENT } from '../../injector/node/contract.js';
import { reasonOf } from '../files/file-system.js';
import type { ComposedService } from '../scenario/define-system.js';
import type { ProcessGroups } from './processes.js';
import { SystemError } from './system-error.js';

/** For how long all services of a file may start, in milliseconds: images may have to be built. */
const START = 10 * 60_000;

/** What this machine is called within containers. */
const HOST = 'host.docker.internal';

/** Where the package of what is loaded into services of Node stands within their containers. */
const PACKAGE = '/ldfi';

const ask = promisify(execFile);

export interface ComposeSettings {
  readonly campaign: string;
  /** The port of the collector. */
  readonly collector: number;
  /** What is loaded into services of Node, as an address of a file. */
  readonly injection: string;
  /** The port of each service that is no container, at this machine. */
  readonly outside: ReadonlyMap<string, number>;
}

export class ComposeProject {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ldfi-compose-'));
  private readonly base: readonly string[];

  /** @param file as an absolute path */
  constructor(
    private readonly file: string,
    private readonly services: ReadonlyMap<string, ComposedService>,
    private readonly settings: ComposeSettings,
    private readonly groups: ProcessGroups,
    number: number,
  ) {
    const project = `ldfi-${settings.campaign.slice(0, 12)}-${number}`;
    this.base = ['compose', '--project-name', project];
    groups.endWith(['docker', ...this.base, 'down', '--volumes', '--timeout', '1']);
  }

  /**
   * Starts what does not run.
   *
   * @returns the address of each service, from outside its container
   * @throws SystemError where that is not possible
   */
  async start(): Promise<ReadonlyMap<string, string>> {
    const added = join(this.folder, 'campaign.json');
    writeFileSync(added, JSON.stringify(this.added()));
    const names = [...this.services].map(([name, { service = name }]) => service);
    const files = ['--file', this.file, '--file', added];
    const up = ['docker', ...this.base, ...files, 'up', '--detach', '--wait', ...names];
    const started = this.groups.start(up, { cwd: this.folder, env: process.env });
    const timer = new AbortController();
    const code = await Promise.race([started.end, after(START, timer.signal)]);
    timer.abort();
    if (code === undefined && started.hasEnded)
      throw new SystemError(
        `services of a Compose file need Docker, and \`docker compose\` cannot be run: ${started.written.trim()}`,
      );
    if (code !== 0) {
      const reason = started.hasEnded
        ? started.written.trim()
        : `it takes more than ${START / 60_000} minutes`;
      throw new SystemError(`\`docker compose\` does not start what is in ${this.file}: ${reason}`);
    }
    const addresses = [...this.services].map(
      async ([name, service]) =>
        [name, await this.published(service.service ?? name, service.port, files)] as const,
    );
    return new Map(await Promise.all(addresses));
  }

  /** Removes what was written; the containers end with the processes of the campaign. */
  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @returns the address at which a port of a container is published */
  private async published(service: string, port: number, files: readonly string[]): Promise<string> {
    try {
      const { stdout } = await ask('docker', [...this.base, ...files, 'port', service, String(port)]);
      return `http://${stdout.trim().replace(/^0\.0\.0\.0(?=:)/, '127.0.0.1')}`;
    } catch (error) {
      throw new SystemError(
        `the port ${port} of ${service} in ${this.file} is not known: ${reasonOf(error)}`,
      );
    }
  }

  /** What Compose is to add to the user's file. */
  private added(): object {
    return {
      services: Object.fromEntries(
        [...this.services].map(([name, service]) => [service.service ?? name, this.addedTo(name, service)]),
      ),
    };
  }

  private addedTo(name: string, { port, inject = true }: ComposedService): object {
    const { campaign, collector, injection } = this.settings;
    const loaded = fileURLToPath(injection);
    const root = packageOf(loaded);
    return {
      ports: [`127.0.0.1::${port}`],
      extra_hosts: [`${HOST}:host-gateway`],
      ...(inject && { volumes: [`${root}:${PACKAGE}:ro`] }),
      environment: {
        ...(inject && {
          NODE_OPTIONS: `--import=${PACKAGE}${loaded.slice(root.length).replaceAll('\\', '/')}`,
        }),
        [ENVIRONMENT.campaign]: campaign,
        [ENVIRONMENT.service]: name,
        [ENVIRONMENT.services]: this.callees().join(','),
        [ENVIRONMENT.collector]: `http://${HOST}:${collector}`,
      },
    };
  }

  /** What is called what, as containers reach it. */
  private callees(): readonly string[] {
    const inside = [...this.services].map(([name, { service = name, port }]) => `${name}=${service}:${port}`);
    const outside = [...this.settings.outside].map(([name, port]) => `${name}=${HOST}:${port}`);
    return [...inside, ...outside];
  }
}

/**
 * Where containers reach this machine: at its own end of Docker's bridge, which no other machine reaches; or at loopback,
 * where Docker runs in a machine of its own.
 */
export async function addressForContainers(): Promise<string> {
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  const gateway = await ask('docker', ['network', 'inspect', 'bridge', '--format', format])
    .then(({ stdout }) => stdout.trim())
    .catch(() => '');
  const own = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
  return own.includes(gateway) ? gateway : '127.0.0.1';
}

/** The folder of a package that a file is in: what it imports is there, too; its own folder where there is none. */
function packageOf(file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(file);
}

function after(milliseconds: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, undefined);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  });
}
