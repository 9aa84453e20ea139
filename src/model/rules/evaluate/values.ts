/** Constants as dense integers, so that tuples are rows of integers and joins compare integers. */
import type { Value } from '../program.js';

export type ValueId = number;

export class Values {
  private readonly ids = new Map<Value, ValueId>();
  private readonly values: Value[] = [];

  id(value: Value): ValueId {
    const known = this.ids.get(value);
    if (known !== undefined) return known;
    const id = this.values.length;
    this.ids.set(value, id);
    this.values.push(value);
    return id;
  }

  value(id: ValueId): Value {
    return this.values[id];
  }
}
