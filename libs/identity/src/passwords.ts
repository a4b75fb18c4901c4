import argon2 from 'argon2';
import { PASSWORD_MIN_CHARS } from '#contracts';
import { DomainError } from '#kernel';
import { isEasyToGuess } from './password-strength.js';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const MAX_CHARS = 200;
/** What an attacker of any installation tries first. */
const PRODUCT_NAME = 'Throughline';

/** What an attacker tries first: facts about the person. */
export interface PasswordOwner {
  readonly name: string;
  readonly email: string;
  readonly organisationNames: readonly string[];
}

/**
 * Checks a new password by NIST SP 800-63B-4, section 3.1.1.2, and hashes it.
 * Spaces and every script are allowed; no kind of character is required.
 * @returns the hash in PHC form.
 * @throws DomainError `password.too-short`, `password.too-long`,
 *   `password.too-weak`.
 */
export async function hashNewPassword(password: string, owner: PasswordOwner): Promise<string> {
  const normal = password.normalize('NFC');
  const length = [...normal].length;
  if (length < PASSWORD_MIN_CHARS)
    throw new DomainError(
      'password.too-short',
      `The password has ${length} characters; it needs at least ${PASSWORD_MIN_CHARS}. A few words make a good password.`,
      { field: 'password' },
    );
  refuseTooLong(length);
  const personal = [owner.name, owner.email, ...owner.organisationNames, PRODUCT_NAME];
  if (await isEasyToGuess(normal, personal))
    throw new DomainError(
      'password.too-weak',
      'This password is easy to guess: it is a common one, repeats itself, or has your name, address or organisation, or the name of this product, in it. Choose four or more unrelated words.',
      { field: 'password' },
    );
  return hashPassword(password);
}

/**
 * Hashes a password without a check of its strength: for demo data.
 * @returns the hash in PHC form.
 * @throws DomainError `password.too-long`.
 */
export async function hashPassword(password: string): Promise<string> {
  const normal = password.normalize('NFC');
  refuseTooLong([...normal].length);
  return argon2.hash(normal, OPTIONS);
}

function refuseTooLong(length: number): void {
  if (length <= MAX_CHARS) return;
  throw new DomainError(
    'password.too-long',
    `The password has ${length} characters; at most ${MAX_CHARS} are possible.`,
    { field: 'password' },
  );
}

let dummyHash: Promise<string> | null = null;

/**
 * Whether the password is right.
 * Takes the same time without an account: no timing leak.
 */
export async function passwordMatches(hash: string | null, password: string): Promise<boolean> {
  const given = password.slice(0, 4 * MAX_CHARS + 1);
  const normal = given.normalize('NFC');
  // A longer one cannot match, and hashing it would cost time.
  const isPossible = [...normal].length <= MAX_CHARS;
  dummyHash ??= argon2.hash('an account that does not exist', OPTIONS);
  const compared = hash ?? (await dummyHash);
  const right =
    (await argon2.verify(compared, isPossible ? normal : '')) ||
    // Hashes from before passwords were normalised.
    (given !== normal && (await argon2.verify(compared, isPossible ? given : '')));
  return right && isPossible && hash !== null;
}
