/** A strategy passed a budget before it knew. The message says which, as a clause. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}
