/** `ldfi proxy`, as it is typed. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ldfi } from './harness.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const EDGE = ['--service', 'cart', '--to', 'http://127.0.0.1:4001'];

describe('ldfi proxy', () => {
  it('stands there until it is interrupted', async () => {
    vi.stubEnv('LDFI_CAMPAIGN', 'c0ffee');
    const words = ['proxy', '--listen', '0', ...EDGE];
    const { code, err } = await ldfi(words, { interruption: Promise.resolve() });
    expect(err).toMatch(
      /^Between cart and http:\/\/127\.0\.0\.1:4001 at http:\/\/127\.0\.0\.1:\d+; Ctrl-C ends it\n$/,
    );
    expect(code).toBe(0);
  });

  it('prints rules for HAProxy, and the script that they need', async () => {
    vi.stubEnv('LDFI_SERVICES', 'pricing=127.0.0.1:4001');
    const { out, code } = await ldfi(['proxy', '--listen', '8081', ...EDGE, '--print', 'haproxy']);
    expect(out).toContain('bind 127.0.0.1:8081\n  http-request lua.ldfi "cart" "pricing"\n');
    expect(code).toBe(0);
    expect((await ldfi(['proxy', '--print', 'lua'])).out).toContain('core.register_action("ldfi"');
  });

  it.each([
    [['proxy'], 'no campaign is named'],
    [['proxy', '--to', 'pricing'], '--to cannot be `pricing`'],
    [['proxy', '--print', 'haproxy'], 'rules are for the calls to one address'],
    [['proxy', '--print', 'nginx'], '--print cannot be `nginx`'],
  ])('refuses %j', async (words, complaint) => {
    vi.stubEnv('LDFI_CAMPAIGN', '');
    const { code, err } = await ldfi(words);
    expect(err).toContain(complaint);
    expect(code).toBe(2);
  });
});
