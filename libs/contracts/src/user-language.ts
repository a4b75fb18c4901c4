import { z } from 'zod';

/** Languages of the portal and of mails to its users: BCP 47, English first. */
export const USER_LANGUAGES = ['en', 'de'] as const;
export const UserLanguage = z.enum(USER_LANGUAGES);
export type UserLanguage = z.infer<typeof UserLanguage>;

/** The form of a table in CSV. */
export const TableForm = z.object({
  language: UserLanguage.optional().describe(
    'of the reader: columns have names in it. Left out: stable keys and ids, for programs',
  ),
});
