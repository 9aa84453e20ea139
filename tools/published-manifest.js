/**
 * Takes out of package.json, while the package is packed, what is of use only where its source is: scripts such as
 * `prepare` name files that are not published, and some installers run them. `--restore` puts it back.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const MANIFEST = 'package.json';
/** npm never packs a file of such a name. */
const ORIGINAL = `${MANIFEST}.orig`;

const UNPUBLISHED = ['scripts', 'devDependencies', 'overrides'];

// Also where packing was ended before it could be put back.
if (existsSync(ORIGINAL)) renameSync(ORIGINAL, MANIFEST);

if (!process.argv.includes('--restore')) {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const published = Object.entries(manifest).filter(([key]) => !UNPUBLISHED.includes(key));
  copyFileSync(MANIFEST, ORIGINAL);
  writeFileSync(MANIFEST, `${JSON.stringify(Object.fromEntries(published), undefined, 2)}\n`);
}
