import { z } from 'zod';

const DAY_MS = 86_400_000;
/** With those of a launch, of holidays and of the vendor's own, less than what a search for an open day looks through. */
const MAX_DAYS_AT_A_TIME = 62;

/** Days on which no e-mail of a partner is sent, in any of its campaigns, beside those of each launch. */
export const PartnerCalendar = z.strictObject({
  /** Both ends among them. */
  blackouts: z
    .array(
      z
        .strictObject({ from: z.iso.date(), to: z.iso.date() })
        .refine(({ from, to }) => from <= to, 'This ends before it begins.')
        .refine(
          ({ from, to }) => Date.parse(to) - Date.parse(from) < MAX_DAYS_AT_A_TIME * DAY_MS,
          'At most two months at a time.',
        ),
    )
    .max(20),
  /** Dates by the country of the contact; `all` counts for everybody. They are no business days either. */
  holidays: z
    .record(z.string().regex(/^(all|[A-Z]{2})$/, 'Write a country as "DE", or "all".'), z.array(z.iso.date()).max(200))
    .refine((holidays) => Object.keys(holidays).length <= 60, 'At most 60 countries.'),
});
export type PartnerCalendar = z.infer<typeof PartnerCalendar>;
