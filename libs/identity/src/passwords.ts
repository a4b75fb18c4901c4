import argon2 from 'argon2';
import { PASSWORD_MIN_CHARS } from '#contracts';
import { DomainError } from '#kernel';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const MAX_CHARS = 200;

/**
 * @returns the hash in PHC form.
 * @throws DomainError `password.too-short`, `password.too-long`.
 */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password].length;
  if (length < PASSWORD_MIN_CHARS)
    throw new DomainError(
      'password.too-short',
      `The password has ${length} characters; it needs at least ${PASSWORD_MIN_CHARS}. A few words make a good password.`,
      { field: 'password' },
    );
  if (length > MAX_CHARS)
    throw new DomainError(
      'password.too-long',
      `The password has ${length} characters; at most ${MAX_CHARS} are possible.`,
      { field: 'password' },
    );
  return argon2.hash(password, OPTIONS);
}

let dummyHash: Promise<string> | null = null;

/**
 * Whether the password is right.
 * Takes the same time without an account: no timing leak.
 */
export async function passwordMatches(hash: string | null, password: string): Promise<boolean> {
  // A longer one cannot match, and hashing it would cost time.
  const isPossible = [...password.slice(0, 2 * MAX_CHARS + 1)].length <= MAX_CHARS;
  dummyHash ??= argon2.hash('an account that does not exist', OPTIONS);
  const right = await argon2.verify(hash ?? (await dummyHash), isPossible ? password : '');
  return right && isPossible && hash !== null;
}
