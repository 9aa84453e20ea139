/** What commands are told that listen: where, and for whom. */
import { type Form, integerForm } from '../../toolkit.js';
import type { RawPresentation } from './raw-options.js';

export interface RawListenOptions extends RawPresentation {
  readonly listen?: string;
  readonly allowHost?: string;
  readonly service?: string;
}

export const PORT = integerForm({ least: 0, most: 65_535 });

/** Nobody else can send to it. */
export const LOOPBACK = '127.0.0.1';

export const ADDRESS: Form<string> = {
  read: (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined),
  expected: 'an address such as `http://localhost:9411`',
  types: ['string'],
};
