import type { Plugin } from 'vite';

export declare const scriptTextsOfVite: Plugin;
