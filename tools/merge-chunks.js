/**
 * Joins the many chunks that esbuild makes into few. It makes one for each set of entries that share a module, which grow
 * with every command that is loaded when it is needed: Node then takes longer to find the chunks of a check than to
 * compile them. Here, those that the hot entries load at once become one for each set of hot entries; all others stay.
 */
import { posix } from 'node:path';
import { rollup } from 'rollup';

/**
 * @param {Map<string, string>} files texts by path, as `dist/chunks/chunk-ABCDEFGH.js`
 * @param {Readonly<Record<string, string>>} entries paths of the modules to be loaded by users and threads, by name
 * @param {Readonly<Record<string, string>>} hot paths of modules whose start counts, by the name that their chunks are to have
 */
export async function mergeChunks(files, entries, hot) {
  const built = await rollup({
    input: entries,
    plugins: [inMemory(files)],
    external: (id) => !isPath(id),
    preserveEntrySignatures: 'strict',
    treeshake: false,
    // esbuild leaves imports that it found to be of no use.
    onwarn(warning, warn) {
      if (warning.code !== 'UNUSED_EXTERNAL_IMPORT') warn(warning);
    },
  });
  /** @type {Map<string, Set<string>> | undefined} */
  let loaded;
  await built.write({
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `chunks/${name.replace(/-[A-Z0-9]{8}$/, '')}-[hash].js`,
    hoistTransitiveImports: false,
    manualChunks(id, { getModuleInfo }) {
      loaded ??= new Map(Object.entries(hot).map(([name, path]) => [name, loadedBy(path, getModuleInfo)]));
      if (!id.startsWith('dist/chunks/')) return undefined;
      const names = [...loaded].filter(([, ids]) => ids.has(id)).map(([name]) => name);
      return names.length === 0 ? undefined : names.join('-');
    },
  });
  await built.close();
}

function inMemory(files) {
  return {
    name: 'files in memory',
    resolveId(id, importer) {
      if (importer === undefined) return id;
      return isPath(id) ? posix.join(posix.dirname(importer), id) : undefined;
    },
    load: (id) => files.get(id),
  };
}

function isPath(id) {
  return id.startsWith('.') || id.startsWith('dist/');
}

/** What is loaded together with a module. */
function loadedBy(path, getModuleInfo) {
  const ids = new Set([path]);
  for (const id of ids) for (const next of getModuleInfo(id)?.importedIds ?? []) ids.add(next);
  return ids;
}
