import { createHash } from 'node:crypto';
import { DomainError } from './domain-error.js';

/** 64 bits: a version is compared with one other, never searched for. */
const HEX_DIGITS = 16;

/**
 * The version of what an edit replaces, as stored. The same content has the same
 * version, so an edit that changed nothing makes no other edit stale.
 * @param content JSON values, always with their fields in the same order.
 * @returns 16 hexadecimal digits of SHA-256.
 */
export const editVersion = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, HEX_DIGITS);

/**
 * Call it where no other edit can come between it and the change: after a lock,
 * in the same transaction.
 * @param basedOn the version that the editor saw; null: replace any.
 * @param version the version that is stored.
 * @throws DomainError `edit.stale` if they differ.
 */
export function requireCurrent(basedOn: string | null, version: string): void {
  if (basedOn === null || basedOn === version) return;
  throw new DomainError(
    'edit.stale',
    'Another user changed this meanwhile, so your change was not saved. Look at the current values, and save again.',
    { version },
    { kind: 'stale' },
  );
}
