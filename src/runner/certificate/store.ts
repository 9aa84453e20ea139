/**
 * Certificates on the file system. A certificate is written whole or not at all: into a folder beside its place first,
 * which then takes the place by a single step, so that neither an interruption nor a full disk, nor another
 * check of the same scenario at the same time, leaves a mixture behind.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareStrings } from '../../model/order.js';
import { makeFolder } from '../files/make-folder.js';
import type { Certificate } from './certificate.js';
import { CERTIFICATE_FILES, DOCUMENT_FILE, type CertificateFile, type CertificateFiles } from './files.js';

/** How often others may take the place first. */
const MOST_ATTEMPTS = 20;

/**
 * Writes a certificate into a folder of its own below `parent`, which is made if it is missing. A certificate that is
 * there already is replaced; a folder of that name that holds none is left alone.
 *
 * @returns the path of the certificate's folder
 * @throws Error of the file system, in which case what was there before is there still
 */
export function writeCertificate(parent: string, { folder, files }: Certificate): string {
  makeFolder(parent);
  const place = join(parent, folder);
  if (isThere(place, files)) return place;
  // Names that no other process uses, and that show what is left of one that was killed.
  const mark = crypto.randomUUID().slice(0, 8);
  const beside = join(parent, `.${folder}.${mark}.tmp`);
  const replaced = join(parent, `.${folder}.${mark}.old`);
  try {
    mkdirSync(beside);
    for (const [name, text] of files) writeFileSync(join(beside, name), text, { flag: 'wx' });
    moveInto(place, beside, replaced);
  } finally {
    for (const left of [beside, replaced]) rmSync(left, { recursive: true, force: true });
  }
  return place;
}

/** Whether the same was written before. */
function isThere(place: string, files: CertificateFiles): boolean {
  try {
    const there = readCertificateFiles(place);
    return CERTIFICATE_FILES.every((name) => there.get(name) === files.get(name));
  } catch {
    return false;
  }
}

function moveInto(place: string, beside: string, replaced: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(beside, place);
      return;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !existsSync(join(place, DOCUMENT_FILE))) throw error;
    }
    moveAway(place, replaced);
  }
}

function moveAway(place: string, replaced: string): void {
  rmSync(replaced, { recursive: true, force: true });
  try {
    renameSync(place, replaced);
  } catch (error) {
    // Another check of the same scenario was faster.
    if (existsSync(place)) throw error;
  }
}

/** The folders of certificates: the one that is named, or else those in it, by name. */
export function certificateFolders(folder: string): readonly string[] {
  if (existsSync(join(folder, DOCUMENT_FILE))) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort(compareStrings)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, DOCUMENT_FILE)));
}

/** @throws Error of the file system, or where a file is no text */
export function readCertificateFiles(folder: string): CertificateFiles {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const files = new Map<CertificateFile, string>();
  for (const name of CERTIFICATE_FILES) {
    const path = join(folder, name);
    if (existsSync(path)) files.set(name, decoder.decode(readFileSync(path)));
  }
  return files;
}
