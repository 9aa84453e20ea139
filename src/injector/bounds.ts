/** The finite space of faults that a verdict speaks about. */

export interface Bounds {
  /** The last logical timestep, >= 1. */
  readonly eot: number;
  /** End of finite failures: an omission is admissible at a send time t with 1 <= t < eff. Less than `eot`. */
  readonly eff: number;
  /** The most nodes that may crash, at times t with 1 <= t < eot. */
  readonly crashes: number;
}

/** As the literature writes them: EOT/EFF/crashes. */
export function formatBounds(bounds: Bounds): string {
  return `${bounds.eot}/${bounds.eff}/${bounds.crashes}`;
}
