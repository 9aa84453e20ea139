/** The script of the page of checks: it shows each counterexample when it is first opened. */
import { render } from 'preact';
import type { Scene } from '../scene.js';
import { Stage } from './stage.js';

for (const place of document.querySelectorAll<HTMLElement>('[data-scene]')) {
  const details = place.closest('details');
  const show = () => {
    if (details !== null && !details.open) return;
    details?.removeEventListener('toggle', show);
    const data = document.getElementById(place.dataset.scene ?? '');
    place.replaceChildren();
    render(<Stage scene={JSON.parse(data?.textContent ?? '') as Scene} />, place);
  };
  details?.addEventListener('toggle', show);
  show();
}

/** A link to what is folded unfolds it. */
function unfold(hash: string): void {
  const details = document.getElementById(decodeURIComponent(hash.slice(1)))?.closest('details');
  if (details != null) details.open = true;
}

addEventListener('click', ({ target }) => {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  if (link !== null) unfold(link.hash);
});
unfold(location.hash);
