import { z } from 'zod';

/** Languages of the portal and of mails to its users: BCP 47, English first. */
export const USER_LANGUAGES = ['en', 'de'] as const;
export const UserLanguage = z.enum(USER_LANGUAGES);
export type UserLanguage = z.infer<typeof UserLanguage>;
