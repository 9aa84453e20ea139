/** `node --import ldfi/inject server.js`: ldfi within a service that it drives. See `docs/live.md`. */
import { install } from './install.js';

install(process.env);
