/**
 * An audio book is downloaded. Whatever fails, the app is to be told what to do; but where the metadata are not found
 * (404), which is an answer like any other, it is told of an error within.
 */
import { defineSystem } from 'ldfi';

const names = ['app', 'ownership', 'activation', 'metadata', 'statistics', 'audio'];
const service = (name: string) => ({ command: ['node', 'services.js', name], folder: import.meta.dirname });

export default defineSystem({
  name: 'audio',
  services: Object.fromEntries(names.map((name) => [name, service(name)])),
  request: { to: 'app', path: '/listen' },
  outcome: ({ status }) => status !== 500 && status !== 0,
  kinds: ['refused', 'status 404', 'status 503'],
  state: 'nothing to reset',
});
