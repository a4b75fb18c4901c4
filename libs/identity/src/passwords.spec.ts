import argon2 from 'argon2';
import { PASSWORD_MIN_CHARS } from '#contracts';
import { hashNewPassword, hashPassword, passwordMatches } from './passwords.js';

const OWNER = { name: 'Olivia Hart', email: 'olivia.hart@brightwater.example', organisationNames: ['Brightwater IT'] };
const STRONG = 'quiet harbour lantern';

describe('a new password', () => {
  it('has at least as many characters as the screens say', async () => {
    await expect(hashNewPassword('vq7zKp2mXw9rTb', OWNER)).rejects.toMatchObject({
      code: 'password.too-short',
      message: expect.stringContaining(`at least ${PASSWORD_MIN_CHARS}.`),
    });
  });

  it.each([
    ['password1234', 'password.too-short'],
    ['aaaaaaaaaaaa', 'password.too-short'],
    ['123456789012', 'password.too-short'],
    [' '.repeat(12), 'password.too-short'],
    [' '.repeat(20), 'password.too-weak'],
    ['a'.repeat(200), 'password.too-weak'],
    ['passwordpassword1234', 'password.too-weak'],
    ['12345678901234567890', 'password.too-weak'],
    ['qwertyuiopasdfghjkl', 'password.too-weak'],
    ['OliviaHartBrightwater', 'password.too-weak'],
    ['olivia.hart@brightwater', 'password.too-weak'],
    ['Throughline-throughline1', 'password.too-weak'],
    ['🔑'.repeat(20), 'password.too-weak'],
  ])('is refused if it is easy to guess: %s', async (password, code) => {
    await expect(hashNewPassword(password, OWNER)).rejects.toMatchObject({ code, details: { field: 'password' } });
  });

  it.each([STRONG, 'drei grüne Löwen kochen', 'vq7zKp2mXw9rTbQ', 'синий чайник поёт громко'])(
    'may have spaces and every script: %s',
    async (password) => {
      expect(await passwordMatches(await hashNewPassword(password, OWNER), password)).toBe(true);
    },
  );
});

describe('a password', () => {
  it('is the same in every form of Unicode', async () => {
    const hash = await hashPassword('drei grüne Löwen'.normalize('NFD'));
    expect(await passwordMatches(hash, 'drei grüne Löwen'.normalize('NFC'))).toBe(true);
    expect(await passwordMatches(hash, 'drei grune Lowen')).toBe(false);
  });

  it('that was hashed before passwords were normalised still signs in', async () => {
    const password = 'drei grüne Löwen'.normalize('NFD');
    const hash = await argon2.hash(password, { memoryCost: 1024, timeCost: 2 });
    expect(await passwordMatches(hash, password)).toBe(true);
    expect(await passwordMatches(hash, `${password}!`)).toBe(false);
  });

  it('can have 200 characters of any script, and no more', async () => {
    const password = '🔑'.repeat(200);
    const hash = await hashPassword(password);
    expect(await passwordMatches(hash, password)).toBe(true);
    expect(await passwordMatches(hash, `${password}🔑`)).toBe(false);
    await expect(hashPassword(`${password}🔑`)).rejects.toMatchObject({ code: 'password.too-long' });
  });
});
