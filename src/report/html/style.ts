/** How pages look, by day and by night, on wide screens and on narrow ones. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f7fa; --ink: #1a1f26; --faint: #566271; --line: #d5dce4;
  --link: #0a58b8; --good: #17703a; --bad: #b42323; --caution: #855200; --accent: #2f6fc4; --pale: #b9cfec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10151b; --panel: #182029; --ink: #e7ecf2; --faint: #9fadbc; --line: #2e3945;
    --link: #82b8ff; --good: #5fce87; --bad: #ff8a80; --caution: #e5b454; --accent: #5b9bf0; --pale: #33537d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif;
}
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.75rem; }
main:focus { outline: none; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 0 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 0 0 0.25rem; }
p { margin: 0 0 0.75rem; }
section { padding: 1.5rem 0 0.5rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace; font-size: 0.88em; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.25rem 0.75rem; }
.hint { color: var(--faint); font-size: 0.92rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .caution { color: var(--caution); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0.25rem 0 0.75rem; border-bottom: 1px solid var(--line); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem; margin: 1rem 0; }
.tiles div { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 0.6rem 0.9rem; }
.tiles dt { color: var(--faint); font-size: 0.85rem; }
.tiles dd { margin: 0; font-size: 1.4rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); margin-bottom: 0.75rem; }
summary { cursor: pointer; color: var(--link); margin-bottom: 0.5rem; }
table { width: 100%; border-collapse: collapse; margin: 0.5rem 0 1rem; font-size: 0.94rem; }
caption { text-align: left; font-weight: 650; padding: 0.35rem 0; }
th { text-align: left; font-weight: 500; color: var(--faint); font-size: 0.85rem; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; }
.scroll table { margin: 0; min-width: 36rem; }
.scroll th, .scroll td { padding-left: 0.75rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
meter { width: 5rem; height: 0.7rem; margin-right: 0.5rem; vertical-align: baseline; }
footer { margin-top: 1.5rem; padding-top: 1rem; padding-bottom: 2rem; color: var(--faint); font-size: 0.9rem; border-top: 1px solid var(--line); }
@media (max-width: 40rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.4rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  meter { width: 2.5rem; }
}
@media print { .skip, nav { display: none; } }
`;
