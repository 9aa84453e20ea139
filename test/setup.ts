/** Run for each test file, before it. */
import { afterAll } from 'vitest';
import { endFile } from './at-end.js';

afterAll(endFile);
