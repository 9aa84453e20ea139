/**
 * Natural numbers that are summed up by the million, in one piece of memory: JavaScript's own would each be an object. All
 * have as many digits as the largest may have.
 */

/** A product of two digits, with what is carried, is within what a `number` tells apart. */
const DIGIT_BITS = 26;
const BASE = 2 ** DIGIT_BITS;

/** A number to multiply by, the least digit first. */
export type Factor = readonly number[];

export function factorOf(number: bigint): Factor {
  const digits: number[] = [];
  for (let left = number; left > 0n; left >>= BigInt(DIGIT_BITS)) digits.push(Number(left % BigInt(BASE)));
  return digits;
}

export class Naturals {
  private readonly width: number;
  private digits: Uint32Array<ArrayBuffer>;

  /** @param most the largest that there will be */
  constructor(most: bigint) {
    this.width = factorOf(most).length;
    this.digits = new Uint32Array(16 * this.width);
  }

  get(place: number): bigint {
    let number = 0n;
    for (let digit = this.width - 1; digit >= 0; digit--)
      number = (number << BigInt(DIGIT_BITS)) + BigInt(this.digits[place * this.width + digit]);
    return number;
  }

  /** @param digit what it is to be, of one digit */
  set(place: number, digit: number): void {
    const from = place * this.width;
    if (from + this.width > this.digits.length) {
      const larger = new Uint32Array(2 * this.digits.length);
      larger.set(this.digits);
      this.digits = larger;
    }
    this.digits[from] = digit;
    for (let at = 1; at < this.width; at++) this.digits[from + at] = 0;
  }

  /** @throws Error where that is more than there may be */
  addProduct(place: number, numbers: Naturals, of: number, factor: Factor): void {
    // An iterator would be an object for each sum.
    for (let shift = 0; shift < factor.length; shift++)
      this.addShifted(place, numbers, of, factor[shift], shift);
  }

  /** One digit of a product, as high as it stands. */
  private addShifted(place: number, numbers: Naturals, of: number, digit: number, shift: number): void {
    const { width, digits } = this;
    const from = numbers.digits;
    const source = of * width;
    const target = place * width;
    let carried = 0;
    for (let at = shift; at < width; at++) {
      const sum = digits[target + at] + from[source + at - shift] * digit + carried;
      carried = Math.floor(sum / BASE);
      digits[target + at] = sum - carried * BASE;
    }
    for (let at = width - shift; at < width; at++) carried += from[source + at] * digit;
    if (carried > 0) throw new Error('there are more fault sets than there may be');
  }
}
