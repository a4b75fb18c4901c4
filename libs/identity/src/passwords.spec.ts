import { PASSWORD_MIN_CHARS } from '#contracts';
import { hashPassword, passwordMatches } from './passwords.js';

describe('a password', () => {
  it('has at least as many characters as the screens say', async () => {
    await expect(hashPassword('x'.repeat(PASSWORD_MIN_CHARS - 1))).rejects.toMatchObject({
      code: 'password.too-short',
      message: expect.stringContaining(`at least ${PASSWORD_MIN_CHARS}.`),
    });
    const password = 'ü'.repeat(PASSWORD_MIN_CHARS);
    expect(await passwordMatches(await hashPassword(password), password)).toBe(true);
  });

  it('can have 200 characters of any script, and no more', async () => {
    const password = '🔑'.repeat(200);
    const hash = await hashPassword(password);
    expect(await passwordMatches(hash, password)).toBe(true);
    expect(await passwordMatches(hash, `${password}🔑`)).toBe(false);
    await expect(hashPassword(`${password}🔑`)).rejects.toMatchObject({ code: 'password.too-long' });
  });
});
