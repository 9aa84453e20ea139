/** How much was worked out of single nodes, which where they wait for many others is more than all states together take. */
export class Effort {
  /** Alternatives that were put together. */
  alternatives = 0;
}
