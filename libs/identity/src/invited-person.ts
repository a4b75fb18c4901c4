import { USER_LANGUAGES, type UserLanguage } from '#contracts';
import type { Database } from '#database';
import { systemActor } from '#kernel';
import { defaultLanguage } from '#organisations';
import type { InvitedReader } from './system-mail-text.js';

const INVITATIONS = systemActor('invitations');

/** The language of a country's users, or English. */
export const userLanguageIn = (countryCode: string): UserLanguage =>
  USER_LANGUAGES.find((language) => language === defaultLanguage(countryCode)) ?? 'en';

/**
 * The reader of an invitation. Outside any transaction: an organisation does not
 * see accounts of others.
 * @param language for a person without an account; those with one have their
 *   own.
 */
export async function invitedPerson(database: Database, email: string, language: string): Promise<InvitedReader> {
  const [account] = await database.inTransaction(INVITATIONS, () =>
    database.query<{ name: string; locale: string }>(
      'SELECT name, locale FROM identity.user_account WHERE lower(email) = lower($1) AND password_hash IS NOT NULL',
      [email.trim()],
    ),
  );
  const to = email.trim();
  return account === undefined
    ? { email: to, name: null, locale: language, hasAccount: false }
    : { email: to, name: account.name, locale: account.locale, hasAccount: true };
}
