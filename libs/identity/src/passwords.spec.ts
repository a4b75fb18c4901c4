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
});
