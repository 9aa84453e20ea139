/** Something that reads what may come from anywhere. */
import type { Arbitrary } from 'fast-check';

/** An input, and what must hold of it. */
export interface HostileInput {
  /** What reads it. */
  readonly target: string;
  /** Fails where a law does not hold; nothing else may be thrown. */
  readonly examine: () => void | Promise<void>;
  /** What a failure prints. */
  toString(): string;
}

export function target<Input>(
  name: string,
  inputs: Arbitrary<Input>,
  examine: (input: Input) => void | Promise<void>,
): Arbitrary<HostileInput> {
  return inputs.map((input) => ({
    target: name,
    examine: () => examine(input),
    toString: () => `${name}: ${JSON.stringify(input)}`,
  }));
}
