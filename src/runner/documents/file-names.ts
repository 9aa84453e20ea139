/** Names of files that are about a scenario within bounds. */
import { formatBounds, type Bounds } from '../../injector/bounds.js';
import { sha256 } from './digest.js';

/**
 * Of letters, digits, `-`, `_` and `.`: readable, and with a digest, since what is left of two names may be the same.
 *
 * @param scenario what it is called, or its file
 * @param identity all that tells it from others
 */
export function nameOfFile(scenario: string, bounds: Bounds, identity: readonly unknown[]): string {
  const base = scenario.replace(/^.*[\\/]/, '').replace(/\.[a-z]+$/, '');
  const readable = base
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 60);
  const digest = sha256(JSON.stringify(identity)).slice(0, 8);
  return [readable || 'scenario', formatBounds(bounds).replace(/[^\w.-]+/g, '-'), digest].join('-');
}
