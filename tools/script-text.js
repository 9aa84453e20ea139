/**
 * Scripts for browsers as texts: what is imported as `script:./main.tsx` is that module with all that it needs, in one
 * text, small. It is built when the program is, and by the test runner; no one else needs it.
 */
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

const PREFIX = 'script:';

/** @param entry the path of a module @returns the text, and the files that are in it */
async function scriptText(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
  });
  return { text: outputFiles[0].text, files: Object.keys(metafile.inputs) };
}

function entryOf(specifier, importer) {
  return resolve(dirname(importer), specifier.slice(PREFIX.length));
}

/** A plugin of esbuild. @param onFiles told of the files that are in a script */
export const scriptTexts = (onFiles) => ({
  name: 'script texts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^script:/ }, ({ path, importer }) => ({
      path: entryOf(path, importer),
      namespace: 'script',
    }));
    onLoad({ filter: /.*/, namespace: 'script' }, async ({ path }) => {
      const { text, files } = await scriptText(path);
      onFiles(files);
      return { loader: 'text', contents: text };
    });
  },
});

/** The same as a plugin of vite. */
export const scriptTextsOfVite = {
  name: 'script texts',
  enforce: 'pre',
  resolveId(specifier, importer) {
    return specifier.startsWith(PREFIX) ? `\0${PREFIX}${entryOf(specifier, importer)}` : undefined;
  },
  async load(id) {
    if (!id.startsWith(`\0${PREFIX}`)) return undefined;
    const { text } = await scriptText(id.slice(1 + PREFIX.length));
    return `export default ${JSON.stringify(text)};`;
  },
};
