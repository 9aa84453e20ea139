/** Bounds as they are written, in the one way that is the same for the same bounds. */
import { AUTHORS_BOUND, authorsBounds, boundWord, namedBounds, type Bounds } from '../bounds.js';
import { formatReliable, tidy } from './reliable.js';

/** The same bounds, each default left out. */
export function withoutDefaults({ eot, eff, crashes, reliable, ...others }: Bounds): Bounds {
  const authors = authorsBounds(others);
  const tidied = reliable && tidy(reliable);
  return {
    eot,
    eff,
    crashes,
    ...Object.fromEntries(namedBounds(others)),
    ...(authors.length > 0 && { named: Object.fromEntries(authors) }),
    ...(tidied !== undefined && { reliable: tidied }),
  };
}

/** As the literature writes them, EOT/EFF/crashes, and others by name: `6/3/1 omissions 2 fault unsynced 1 reliable db,a->b`. */
export function formatBounds(bounds: Bounds): string {
  const named = namedBounds(bounds).map(([name, value]) => ` ${boundWord(name)} ${value}`);
  const authors = authorsBounds(bounds).map(([name, value]) => ` ${AUTHORS_BOUND} ${name} ${value}`);
  const reliable = formatReliable(bounds.reliable ?? {});
  const trusting = reliable === '' ? '' : ` reliable ${reliable}`;
  return `${bounds.eot}/${bounds.eff}/${bounds.crashes}${named.join('')}${authors.join('')}${trusting}`;
}
