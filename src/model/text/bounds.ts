/** Bounds as they are written, in the one way that is the same for the same bounds. */
import { boundWord, namedBounds, type Bounds } from '../bounds.js';
import { formatReliable, tidy } from './reliable.js';

/** The same bounds, each default left out. */
export function withoutDefaults({ eot, eff, crashes, reliable, ...named }: Bounds): Bounds {
  const tidied = reliable && tidy(reliable);
  return {
    eot,
    eff,
    crashes,
    ...Object.fromEntries(namedBounds(named)),
    ...(tidied !== undefined && { reliable: tidied }),
  };
}

/** As the literature writes them, EOT/EFF/crashes, and others by name: `6/3/1 omissions 2 reliable db,a->b`. */
export function formatBounds(bounds: Bounds): string {
  const named = namedBounds(bounds).map(([name, value]) => ` ${boundWord(name)} ${value}`);
  const reliable = formatReliable(bounds.reliable ?? {});
  const trusting = reliable === '' ? '' : ` reliable ${reliable}`;
  return `${bounds.eot}/${bounds.eff}/${bounds.crashes}${named.join('')}${trusting}`;
}
