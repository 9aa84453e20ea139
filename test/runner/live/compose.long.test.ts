/** Services of a Compose file. There is no Docker where this runs: `docker.mjs` stands in for it. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkSystem } from '../../../src/runner/live/check-system.js';
import { defineSystem, type System } from '../../../src/runner/scenario/define-system.js';
import { loadMinisat } from '../../../src/solver/minisat.js';
import { prepareShop } from './shop.js';

const path = process.env.PATH;
let injection: string;
let folder: string;
let log: string;

beforeAll(async () => {
  ({ injection, folder } = await prepareShop());
  log = join(folder, 'docker.log');
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const program = join(programs, 'docker');
  copyFileSync(fileURLToPath(new URL('docker.mjs', import.meta.url)), program);
  chmodSync(program, 0o755);
  // Without an extension it is what its folder says.
  writeFileSync(join(programs, 'package.json'), '{"type":"module"}');
  process.env.PATH = `${programs}:${path}`;
  process.env.DOCKER_LOG = log;
  const service = (name: string, environment = {}) => ({
    command: [process.execPath, join(folder, `${name}.mjs`)],
    environment,
  });
  const services = {
    shop: service('shop', { CART_URL: 'http://cart:8080', STOCK_URL: 'http://warehouse:8080' }),
    cart: service('cart', { STOCK_URL: 'http://warehouse:8080' }),
    warehouse: service('stock'),
    broken: { command: ['nothing'] },
  };
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({ services }));
});
afterEach(() => {
  writeFileSync(log, '');
});
afterAll(() => {
  process.env.PATH = path;
  delete process.env.DOCKER_LOG;
  rmSync(folder, { recursive: true });
});

const shop = (more: Partial<System> = {}) => {
  const composed = (service?: string) => ({
    compose: 'compose.yaml',
    folder,
    port: 8080,
    ready: '/',
    ...(service !== undefined && { service }),
  });
  return defineSystem({
    name: 'shop',
    services: { shop: composed(), cart: composed(), stock: composed('warehouse') },
    request: { path: '/' },
    kinds: ['refused'],
    state: 'nothing to reset',
    ...more,
  });
};

const options = async () => ({ factory: await loadMinisat(), injection });

/** The commands of Docker that were given, by the last of what is not named by an option. */
const asked = () => readFileSync(log, 'utf8').trim().split('\n');

test('are started and ended by Docker, and are failed as others are', async () => {
  const request = async ({ headers, url }: { headers: object; url: (name: string) => string }) => {
    const answer = await fetch(url('shop'), { headers: { ...headers } });
    return { status: answer.status, body: await answer.text() };
  };
  const { verdict } = await checkSystem(shop({ request }), await options());
  const found = verdict.kind === 'violated' ? verdict.counterexamples : [];
  expect(found.map(({ faults }) => faults.map(({ point }) => point))).toEqual([
    ['shop -> cart GET /cart/{}', 'shop -> stock GET /stock'],
  ]);
  const compose = asked().filter((words) => words.startsWith('compose'));
  expect(compose[0]).toMatch(
    /^compose --project-name ldfi-[0-9a-f]{12}-0 --file \S+compose\.yaml --file \S+campaign\.json up --detach --wait shop cart warehouse$/,
  );
  expect(compose.at(-1)).toMatch(/^compose --project-name ldfi-[0-9a-f]{12}-0 down --volumes --timeout 1$/);
});

test('that cannot be started are told with what Docker says', async () => {
  const services = { shop: { compose: 'none.yaml', folder, port: 8080 } };
  await expect(checkSystem(shop({ services }), await options())).rejects.toThrow(
    /`docker compose` does not start what is in \S+none\.yaml: .*ENOENT/s,
  );
  expect(asked().at(-1)).toContain(' down ');
});

test('are told to need Docker where there is none', async () => {
  const own = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await expect(checkSystem(shop(), await options())).rejects.toThrow(
      'services of a Compose file need Docker, and `docker compose` cannot be run: spawn docker ENOENT',
    );
  } finally {
    process.env.PATH = own;
  }
});
