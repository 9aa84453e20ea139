#!/usr/bin/env node
/**
 * Stands in for `docker` in tests, since there is none where they run: a container is a process of this machine. Of
 * Compose it knows what ldfi asks for, of its files what these tests write, as JSON, which is YAML as well. What a
 * container would know by its own network is put into its environment: the addresses of services and of the machine.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const words = process.argv.slice(2);
if (process.env.DOCKER_LOG) appendFileSync(process.env.DOCKER_LOG, `${words.join(' ')}\n`);
const valuesOf = (option) => words.flatMap((word, place) => (word === option ? [words[place + 1]] : []));
const [project] = valuesOf('--project-name');
const state = join(tmpdir(), `docker-${project}.json`);
const running = () => (existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : {});

function merged(files) {
  const services = {};
  for (const file of files)
    for (const [name, service] of Object.entries(JSON.parse(readFileSync(file, 'utf8')).services)) {
      const { environment = {}, volumes = [] } = services[name] ?? {};
      services[name] = {
        ...services[name],
        ...service,
        environment: { ...environment, ...service.environment },
        volumes: [...volumes, ...(service.volumes ?? [])],
      };
    }
  return services;
}

/** Below those that the system hands out, to whoever opens a connection meanwhile. */
async function freePort() {
  const server = createServer().listen(randomInt(20_000, 32_768), '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function up() {
  const asked = words.slice(words.indexOf('--wait') + 1);
  const services = Object.fromEntries(
    Object.entries(merged(valuesOf('--file'))).filter(([name]) => asked.includes(name)),
  );
  const known = {};
  for (const name of Object.keys(services)) known[name] = { port: await freePort() };
  for (const [name, { command, environment, volumes }] of Object.entries(services)) {
    const places = [
      ...Object.keys(known).map((other) => [
        new RegExp(`\\b${other}:8080`, 'g'),
        `127.0.0.1:${known[other].port}`,
      ]),
      [/host\.docker\.internal/g, '127.0.0.1'],
      ...volumes.map((volume) => volume.split(':')).map(([from, to]) => [`=${to}/`, `=${from}/`]),
    ];
    const env = Object.entries({ ...environment, PORT: '8080' }).map(([key, value]) => [
      key,
      places.reduce((text, [from, to]) => text.replaceAll(from, to), value),
    ]);
    const child = spawn(command[0], command.slice(1), {
      detached: true,
      stdio: 'ignore',
      env: { PATH: process.env.PATH, ...Object.fromEntries(env), PORT: String(known[name].port) },
    });
    child.unref();
    known[name].pid = child.pid;
  }
  writeFileSync(state, JSON.stringify(known));
}

function down() {
  for (const { pid } of Object.values(running())) process.kill(pid, 'SIGKILL');
  rmSync(state, { force: true });
}

if (words[0] !== 'compose') process.exit(1);
if (words.includes('up')) await up();
else if (words.includes('down')) down();
else if (words.includes('port')) console.log(`127.0.0.1:${running()[words.at(-2)].port}`);
