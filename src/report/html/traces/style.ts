/** How what is special about traces looks. */
export const TRACES_STYLE = `
.flows { display: block; margin: 0 auto; }
.flows text { font-family: inherit; text-anchor: middle; fill: var(--ink); }
.flow, .flows .failed { fill: none; stroke: var(--pale); }
.flow.alone { stroke-dasharray: 7 5; }
.flows .failed { stroke: var(--bad); }
.flows .tip { fill: var(--accent); }
.flows .loop { fill: none; stroke: var(--accent); stroke-width: 2; }
.service { fill: var(--paper); stroke: var(--accent); stroke-width: 1.5; }
.service.outside { stroke: var(--faint); stroke-dasharray: 3 3; }
.flows .name { font-size: 13px; font-weight: 600; }
.label rect { fill: var(--panel); opacity: 0.88; }
.flows .label text { font-size: 11px; font-variant-numeric: tabular-nums; }
.flows .label text.bad { fill: var(--bad); font-weight: 600; }
article { border: 1px solid var(--line); border-radius: 10px; padding: 0.9rem 1.1rem; margin-bottom: 1rem; }
.operation { font-weight: 400; }
.operation, .call, code, li, td { unicode-bidi: isolate; }
article td:first-child { width: 50%; }
article td:nth-child(2) { width: 22%; }
.call { display: block; }
.within { display: block; color: var(--faint); font-size: 0.88em; }
.share svg { width: 5rem; height: 0.5rem; margin-right: 0.6rem; }
.share rect { fill: var(--line); } .share .part { fill: var(--accent); }
.share { font-variant-numeric: tabular-nums; white-space: nowrap; }
.together { list-style: none; margin: 0; padding: 0; }
.together li + li .call::before { content: 'and '; color: var(--faint); }
.traces { list-style: none; padding: 0; }
.trace { display: none; border: 1px solid var(--line); border-radius: 10px; padding: 0.9rem 1.1rem; margin-top: 0.5rem; scroll-margin-top: 1rem; }
.trace:target { display: block; }
.trace:focus { outline: 2px solid var(--link); }
.waterfall { table-layout: fixed; }
.waterfall th:first-child { width: 55%; }
.waterfall td { padding-top: 0.2rem; padding-bottom: 0.2rem; }
.waterfall .indent { display: inline-block; vertical-align: middle; }
.lane { display: grid; grid-template-columns: 1fr 11rem; gap: 0.75rem; align-items: center; }
.waterfall .bar { display: block; width: 100%; height: 0.65rem; overflow: visible; }
.waterfall .bar rect { fill: var(--paper); stroke: var(--accent); vector-effect: non-scaling-stroke; }
.waterfall .rests .bar rect { fill: var(--accent); }
.waterfall .failed .bar rect { stroke: var(--bad); }
.waterfall .failed.rests .bar rect { fill: var(--bad); }
.time { color: var(--faint); font-size: 0.82rem; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) {
  article, .trace { padding: 0.75rem; }
  article table, article caption, article tbody, article tr, article td { display: block; }
  article thead { position: absolute; left: -100vw; }
  article tr { border-top: 1px solid var(--line); padding: 0.4rem 0; }
  article td, article td:first-child, article td:nth-child(2) { width: auto; border: 0; padding: 0.1rem 0; }
  article td:nth-child(2) .share::after { content: ' requests rest on it'; color: var(--faint); }
  .lane { grid-template-columns: 1fr; gap: 0; }
  .waterfall .indent { max-width: 3rem; }
}
`;
