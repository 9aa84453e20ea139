/** What statements do to the state, in the two styles in which handlers are written: both come to the same. */
import { shallow } from './copies.js';
import { arrange, arranged, walk, walked, type Arranging, type Walking } from './walks.js';
import { LONGEST_LOG, LONGEST_NOTES, type LocalState, type Names, type Note } from './language.js';

/** A statement that changes the state, with all that it reads. */
export type Change =
  | Walking
  | Arranging
  | { readonly kind: 'assign'; readonly counter: 'n' | 'm'; readonly to: number }
  | { readonly kind: 'flag'; readonly to: boolean }
  | { readonly kind: 'hear'; readonly names: readonly string[] }
  | { readonly kind: 'forget' }
  | { readonly kind: 'log'; readonly entry: number }
  | { readonly kind: 'note'; readonly peer: string; readonly value: number };

/** The state after a change; undefined where nothing has to do with it. */
export function changed(change: Change, state: LocalState): LocalState | undefined {
  switch (change.kind) {
    case 'assign':
      return withField(state, change.counter, change.to);
    case 'flag':
      return { ...state, flag: change.to };
    case 'hear':
      return withField(state, 'heard', union(state.heard, change.names));
    case 'forget':
      return { ...state, heard: Array.isArray(state.heard) ? [] : new Set() };
    case 'log':
      if (state.log.length === LONGEST_LOG) return undefined;
      return withField(state, 'log', added(shallow(state.log), change.entry));
    case 'note': {
      const notes = shallow(state.notes) as Map<string, Note>;
      notes.set(change.peer, noteWith(notes.get(change.peer), change.value));
      return { ...state, notes };
    }
    case 'walk':
      return walked(change, state);
    case 'arrange':
      return arranged(change, state);
  }
}

/** One of the two copies that a spread may be: some fields are set in one that reads all, the others in one that reads nothing. */
function withField<Field extends keyof LocalState>(
  state: LocalState,
  field: Field,
  value: LocalState[Field],
): LocalState {
  return field === 'm' ? { ...state, [field]: value } : Object.assign(shallow(state), { [field]: value });
}

function added(log: readonly number[], entry: number): readonly number[] {
  (log as number[]).push(entry);
  return log;
}

type Draft<Data> = { -readonly [Field in keyof Data]: Data[Field] };

/** Changes the state itself. */
export function change(change: Change, state: Draft<LocalState>): void {
  switch (change.kind) {
    case 'assign':
      state[change.counter] = change.to;
      return;
    case 'flag':
      state.flag = change.to;
      return;
    case 'hear': {
      if (!Array.isArray(state.heard))
        for (const name of change.names) (state.heard as Set<string>).add(name);
      else for (const name of change.names) insert(state.heard as string[], name);
      return;
    }
    case 'forget':
      if (Array.isArray(state.heard)) state.heard.length = 0;
      else (state.heard as Set<string>).clear();
      return;
    case 'log':
      if (state.log.length < LONGEST_LOG) (state.log as number[]).push(change.entry);
      return;
    case 'note': {
      const notes = state.notes as Map<string, Draft<Note>>;
      const note = notes.get(change.peer);
      if (note === undefined) notes.set(change.peer, noteWith(note, change.value));
      else {
        note.last = change.value;
        if (note.all.length < LONGEST_NOTES) (note.all as number[]).push(change.value);
      }
      return;
    }
    case 'walk':
      walk(change, state);
      return;
    case 'arrange':
      arrange(change, state);
  }
}

function noteWith(before: Note | undefined, value: number): Note {
  const all = before?.all ?? [];
  return { last: value, all: all.length < LONGEST_NOTES ? [...all, value] : all };
}

function insert(sorted: string[], name: string): void {
  if (sorted.includes(name)) return;
  const place = sorted.findIndex((other) => other > name);
  sorted.splice(place === -1 ? sorted.length : place, 0, name);
}

function union(names: Names, more: readonly string[]): Names {
  const all = [...new Set([...names, ...more])].sort((x, y) => (x < y ? -1 : 1));
  return Array.isArray(names) ? all : new Set(all);
}
