/** A shop of three services, for tests: processes of their own, with injection loaded into them. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ENTRY = fileURLToPath(new URL('../../../src/injector/node/inject.ts', import.meta.url));

/** Bundles what is loaded into services. @returns its address, and a folder for files of services */
export async function prepareShop(): Promise<{ readonly injection: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-shop-'));
  const outfile = join(folder, 'inject.mjs');
  await build({
    entryPoints: [ENTRY],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
  });
  for (const [name, source] of Object.entries(SERVICES)) writeFileSync(join(folder, `${name}.mjs`), source);
  return { injection: pathToFileURL(outfile).href, folder };
}

const listening = (answer: string): string => `
import { createServer } from 'node:http';
const ask = async (url) => {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : undefined;
  } catch { return undefined; }
};
createServer(async (request, response) => {
  ${answer}
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** The cart falls back to a price from yesterday; the shop does not, where stock is unknown as well. */
export const SERVICES: Readonly<Record<string, string>> = {
  shop: listening(`
    const cart = await ask(process.env.CART_URL + '/cart/17');
    const stock = await ask(process.env.STOCK_URL + '/stock');
    if (cart === undefined && stock === undefined) response.statusCode = 500;
    response.end(JSON.stringify({ cart: cart ?? 'empty', stock: stock ?? 'unknown' }));`),
  cart: listening(`
    const price = await ask(process.env.STOCK_URL + '/price');
    response.end(price ?? (await ask(process.env.STOCK_URL + '/yesterday')) ?? 'free');`),
  stock: listening(`response.end(request.url === '/stock' ? 'many' : '7');`),
};
