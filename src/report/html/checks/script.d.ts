/** Scripts for browsers, as `tools/script-text.js` makes them. */
declare module 'script:*' {
  const text: string;
  export default text;
}
