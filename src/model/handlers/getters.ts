/**
 * Fields that are worked out where they are looked at, in objects of which there are many. A getter in an object literal is a
 * function of its own for each object, and so V8 gives each object a shape of its own, which is kept longer than the object
 * and keeps alive what the getter refers to: half of the time that handlers took went to that. Getters that are the same
 * for all objects, and find what they tell of in the object, cost nothing of the kind.
 */

/** What each field is, of what an object tells of. */
export type TellingFields<Told> = Readonly<Record<string, (told: Told) => unknown>>;

export class Getters<Told> {
  private readonly told = Symbol('told');
  private readonly getters: readonly (readonly [string, PropertyDescriptor])[];

  /** @param enumerable whether copies have the fields as well */
  constructor(fields: TellingFields<Told>, enumerable = true) {
    const { told } = this;
    this.getters = Object.entries(fields).map(([name, tell]) => {
      const get = function (this: Readonly<Record<symbol, Told>>): unknown {
        return tell(this[told]);
      };
      return [name, { get, enumerable }];
    });
  }

  /** Gives an object the fields. */
  define(object: object, told: Told): unknown {
    Object.defineProperty(object, this.told, { value: told });
    for (const [name, getter] of this.getters) Object.defineProperty(object, name, getter);
    return object;
  }
}
