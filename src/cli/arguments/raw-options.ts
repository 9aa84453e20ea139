/** Options as commander hands them over: what was typed, or true for a flag without a value. */
import type { SettingName } from '../settings.js';

/** How what is found is told. */
export interface RawPresentation {
  readonly json?: boolean;
  readonly log?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly asExpected?: boolean;
}

export type RawSettings = { readonly [Name in SettingName]?: string | boolean };

/** Which scenarios are meant. */
export interface RawSelection {
  /** Each as often as it was typed. */
  readonly grep?: readonly string[];
  readonly with?: readonly string[];
  /** False where `--no-config` was typed. */
  readonly config?: string | false;
  /** The folder outside of which nothing is read. */
  readonly root?: string;
  readonly nodes?: string;
}

/** Of commands that go through scenarios. */
export type RawOptions = RawPresentation & RawSettings & RawSelection;
