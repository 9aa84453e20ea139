/**
 * Has the command line import from where things are declared, though it is written against the lists of what there is,
 * `src/index.ts` and `src/toolkit.ts`. The bundler splits by files: who imports one name of a list would load all that
 * is listed.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const EXPORTS = /^export \{([^}]*)\} from '([^']+)';/gm;
const IMPORTS = /^import \{([^}]*)\} from '([^']+)';/gm;

/** A plugin of esbuild, which strips types anyway: here they are passed over. */
export const flattenLists = {
  name: 'flatten lists',
  setup({ onLoad }) {
    const lists = new Map(['src/index.ts', 'src/toolkit.ts'].map((list) => [resolve(list), placesOf(list)]));
    onLoad({ filter: /[\\/]src[\\/]cli[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll(IMPORTS, (statement, names, from) => {
        const places = lists.get(fileOf(path, from));
        if (places === undefined) return statement;
        return valuesOf(names)
          .map((name) => `import { ${name} } from ${JSON.stringify(places.get(name))};`)
          .join(' ');
      }),
    }));
  },
};

/** The files that declare what a list exports, by name. */
function placesOf(list) {
  return new Map(
    [...readFileSync(list, 'utf8').matchAll(EXPORTS)].flatMap(([, names, from]) =>
      valuesOf(names).map((name) => [name, fileOf(list, from)]),
    ),
  );
}

/** Between braces; names that are types are left out. */
function valuesOf(names) {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
}

function fileOf(importer, specifier) {
  return resolve(dirname(importer), specifier.replace(/\.js$/, '.ts'));
}
