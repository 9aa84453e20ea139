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
