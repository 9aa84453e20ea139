/** How the page of checks looks, beyond what all pages do. */
export const CHECKS_STYLE = `
header, main, footer { max-width: 100rem; }
.stage h3 { font-size: 1rem; margin: 0 0 0.35rem; }
.stage h4 { font-size: 0.95rem; margin: 0 0 0.2rem; }
.check { border-top: 1px solid var(--line); margin-top: 1rem; scroll-margin-top: 0.5rem; }
.report { overflow: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 0.75rem 1rem; font-size: 0.85rem; line-height: 1.35; font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace; }
.counterexample > ul { margin: 0 0 0.75rem; padding-left: 1.25rem; }
button, input { font: inherit; color: inherit; accent-color: var(--accent); }
button { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 0.2rem 0.6rem; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--accent); }
button:disabled { opacity: 0.45; cursor: default; }
button:focus-visible, input:focus-visible, .pictures:focus-visible, .report:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
button[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.controls { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; position: sticky; top: 0; z-index: 2; background: var(--paper); padding: 0.4rem 0; }
.controls input { flex: 1 1 10rem; min-width: 6rem; }
.controls output { font-variant-numeric: tabular-nums; min-width: 7rem; font-weight: 650; }
.switches { border: 1px solid var(--line); border-radius: 10px; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.25rem 0 0.75rem; padding: 0.35rem 0.75rem; min-width: 0; }
.switches legend { color: var(--faint); font-size: 0.85rem; padding: 0 0.3rem; }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(20rem, 2fr); gap: 1rem; align-items: start; }
.columns.two { grid-template-columns: minmax(0, 5fr) minmax(19rem, 2fr); }
.drawn { position: sticky; top: 3.2rem; min-width: 0; }
.pictures { display: flex; gap: 1.5rem; overflow: auto; max-height: 46rem; max-height: calc(100vh - 8.5rem); border: 1px solid var(--line); border-radius: 10px; background: var(--panel); padding: 0 0.75rem 0.5rem; }
.picture { flex: none; }
.stage .picture h3 { margin: 0.5rem 0 0; position: sticky; left: 0; }
.picture svg { display: block; font-size: 12px; }
.names { position: sticky; top: 0; z-index: 1; background: var(--panel); }
.names text { text-anchor: middle; fill: var(--ink); font-weight: 650; font-size: 13px; }
.now > .line { stroke-width: 2.4; }
rect.now { fill: var(--accent); opacity: 0.13; }
.marks text { text-anchor: end; fill: var(--faint); cursor: pointer; font-variant-numeric: tabular-nums; }
.marks rect { opacity: 0.12; }
.parts rect { fill: var(--caution); } .parts text { fill: var(--caution); font-weight: 650; }
.violated rect { fill: var(--bad); } .violated text { fill: var(--bad); font-weight: 650; }
.lanes path { stroke: var(--faint); stroke-width: 1.2; fill: none; }
.lanes .down { stroke-dasharray: 2 5; opacity: 0.6; }
.lanes .paused { stroke-dasharray: 0.1 7; stroke-width: 3; stroke-linecap: round; }
.arrow { cursor: pointer; }
.arrow path { fill: none; stroke: var(--accent); stroke-width: 1.6; stroke-linecap: round; }
.arrow .reach { stroke: transparent; stroke-width: 12; }
.arrow text { fill: var(--ink); text-anchor: middle; stroke: var(--panel); stroke-width: 4px; paint-order: stroke; stroke-linejoin: round; }
.arrow.late path:not(.reach) { stroke: var(--caution); }
.arrow.lost path:not(.reach) { stroke: var(--bad); } .arrow.lost .line { stroke-dasharray: 5 4; } .arrow.lost .tip { stroke-width: 2.4; }
.arrow.unsent path:not(.reach) { stroke: var(--faint); } .arrow.unsent .line { stroke-dasharray: 1 4; }
.arrow.unsent text { fill: var(--faint); } .arrow.lost text { fill: var(--bad); }
.future { opacity: 0.3; }
.choosing .arrow:not(.lit) { opacity: 0.18; }
.choosing .future { opacity: 1; }
.arrow.lit .line, .arrow.lit .tip { stroke-width: 3; }
.changed { fill: var(--panel); stroke: var(--ink); stroke-width: 1.2; }
.lit:not(g) { fill: var(--accent); }
.clock path { fill: var(--panel); stroke: var(--faint); stroke-width: 1.3; }
.clock.causal path { stroke: var(--ink); stroke-width: 1.7; }
.strike path { stroke: var(--bad); stroke-width: 3.4; stroke-linecap: round; fill: none; }
.strike.lit path { stroke-width: 5; }
.strike.passing path { stroke-width: 2; fill: var(--bad); stroke-linejoin: round; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0.35rem 0 0.75rem; padding: 0 0.25rem; color: var(--faint); font-size: 0.85rem; }
.legend li { display: flex; align-items: center; gap: 0.35rem; }
.legend .parts text, .legend .violated text { text-anchor: middle; }
.legend .arrow { cursor: default; }
.strike.across path { stroke-width: 1.8; stroke-dasharray: 7 5; }
.details { display: grid; gap: 0.75rem; min-width: 0; }
.looked { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.panel { border: 1px solid var(--line); border-radius: 10px; padding: 0.6rem 0.85rem; min-width: 0; }
.panel p { margin-bottom: 0.4rem; }
.panel ul { margin: 0; padding-left: 1.1rem; }
.panel ul.sent, .panel ul.properties { list-style: none; padding: 0; }
.panel li { margin: 0.15rem 0; }
.card { border-top: 1px solid var(--line); padding: 0.4rem 0; }
.card dl { margin: 0; }
.known { display: flex; flex-wrap: wrap; gap: 0.1rem 0.4rem; align-items: baseline; }
.known dt { color: var(--faint); min-width: 5rem; }
.known dd { margin: 0; }
.known .now { color: var(--good); } .known .gone { color: var(--bad); }
.fact { vertical-align: top; border-color: transparent; background: none; padding: 0 0.25rem; text-align: left; overflow-wrap: anywhere; font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace; font-size: 0.86em; }
.place { display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; align-items: baseline; }
.cut { color: var(--bad); }
.only-heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#glance ~ .scroll table { min-width: 52rem; }
.scroll th, .scroll td { overflow-wrap: normal; }
@media (max-width: 62rem) { .columns, .columns.two { grid-template-columns: minmax(0, 1fr); } .drawn { position: static; } .pictures { max-height: 32rem; } }
@media (max-width: 40rem) { #glance ~ .scroll table { min-width: 0; } #glance ~ .scroll :is(th, td) { overflow-wrap: anywhere; } #glance ~ .scroll :is(th, td):nth-child(n + 3) { display: none; } #glance ~ .scroll :is(th, td):nth-child(2) { white-space: nowrap; } .check h2 { overflow-wrap: anywhere; font-size: 1.1rem; } }
@media print { .controls, .switches { display: none; } .pictures { max-height: none; } }
`;
