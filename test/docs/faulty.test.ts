/** What the bench takes to be at fault is there: scenarios that are violated, and rules and handlers of theirs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faulty } from '../../bench/faulty.js';
import { libraryRows } from '../../bench/library.js';
import { dedalusRows, type Row } from '../../bench/rows.js';
import { formatBounds } from '../../src/injector/bounds.js';
import type { Protocol } from '../../src/model/protocol.js';

const FOLDERS = ['scenarios/dedalus', 'scenarios/dedalus/shared', 'scenarios/rules'];

const texts = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(folder, name), 'utf8')),
).join('\n');

/** The names of its handlers; of rules none. */
function handlersOf(protocol: Protocol): readonly string[] {
  if (protocol.kind !== 'handlers') return [];
  const all = protocol.roles === undefined ? [protocol.handlers] : Object.values(protocol.roles);
  return all.flatMap(({ onMessage, ...others }) => [
    ...Object.keys(others),
    ...Object.keys(onMessage).map((type) => `onMessage.${type}`),
  ]);
}

function nameOf({ name, bounds }: Row): string {
  return name.slice(0, -` ${formatBounds(bounds)}`.length);
}

it('what is said to be at fault is there', async () => {
  const rows = [...(await dedalusRows()), ...(await libraryRows())];
  for (const [name, places] of Object.entries(faulty)) {
    const row = rows.find((each) => nameOf(each) === name && each.expected === 'violated');
    expect(row, name).toBeDefined();
    const handlers = handlersOf(row!.scenario.protocol);
    for (const place of places)
      expect(
        handlers.length > 0 ? handlers.includes(place) : texts.includes(place),
        `${name}: ${place}`,
      ).toBe(true);
  }
});
