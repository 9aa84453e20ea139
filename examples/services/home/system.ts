/**
 * The home page of a streaming service: a profile, bookmarks or else what is trending, a list, recommendations with two
 * that stand in for them, and ratings. Nobody can do without the profile; all else may fail. It comes with three bugs,
 * and without them.
 */
import { defineSystem } from 'ldfi';

const names = [
  'home',
  'profile',
  'bookmarks',
  'trending',
  'mylist',
  'personal',
  'regional',
  'global',
  'ratings',
];

function home(name: string, bugs: string) {
  const service = (each: string) => ({
    command: ['node', 'services.js', each],
    folder: import.meta.dirname,
    environment: { BUGS: bugs },
  });
  return defineSystem({
    name,
    services: Object.fromEntries(names.map((each) => [each, service(each)])),
    request: { to: 'home', path: '/home' },
    kinds: ({ callee }) => (callee === 'profile' ? [] : ['refused', 'status 503', 'broken-body']),
    bounds: { faults: 4 },
    state: 'nothing to reset',
  });
}

export const sound = home('home', '0');
export const buggy = home('home with bugs', '1');
