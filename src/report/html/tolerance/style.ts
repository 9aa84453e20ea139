/** How the page of tolerance looks, beyond what the page of checks does. */
export const TOLERANCE_STYLE = `
.map { width: fit-content; max-width: 100%; position: relative; }
.map table { width: auto; min-width: 0; }
.map thead td { border: 0; }
.map td, .map thead th { text-align: center; }
.map td { font-size: 1.05rem; min-width: 4.5rem; border-left: 1px solid var(--line); }
.map td.good { background: color-mix(in srgb, var(--good) 13%, transparent); }
.map td.bad { background: color-mix(in srgb, var(--bad) 10%, transparent); }
.map td.caution { background: color-mix(in srgb, var(--caution) 13%, transparent); }
.map th[scope='row'] { white-space: nowrap; }
.map .edge { box-shadow: inset 0 0 0 2px var(--bad); }
.map .edge a { color: inherit; display: block; text-decoration: none; }
@media (max-width: 40rem) { .check .scroll table { min-width: 0; } }
.check > h3 { margin-top: 1.25rem; }
`;
