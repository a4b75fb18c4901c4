import { z } from 'zod';

/** How your campaign e-mails are sent; a field that is left out stays. */
export const SendingPreferenceChange = z.strictObject({
  repliesTo: z
    .enum(['here', 'mailbox'])
    .optional()
    .describe(
      'here: a reply ends the campaigns for the person and is forwarded to you; mailbox: replies go to your mailbox, and you mark them by hand',
    ),
  emailsPerDay: z
    .number()
    .int()
    .min(1)
    .max(10)
    .nullable()
    .optional()
    .describe('e-mails of different campaigns that a person gets in a day; later ones wait; null: any number'),
});

export const SendingPreferenceView = z.object({
  repliesTo: z.enum(['here', 'mailbox']),
  emailsPerDay: z.number().int().nullable(),
  canReceive: z.boolean().describe('false: this installation receives no e-mail, so replies go to your mailbox'),
});
export type SendingPreferenceView = z.infer<typeof SendingPreferenceView>;
