import { z } from 'zod';
import { MovedDates } from './dates.contract.js';
import { StepName } from './step-name.contract.js';
import { Titles } from './titles.contract.js';

const DAY_MS = 86_400_000;
/**
 * A typing error in a year would close everything for years. libs/sequencing
 * passes a step whose days never open.
 */
const MAX_DAYS_AT_A_TIME = 62;
const Name = z.string().trim().min(1).max(60);
const Country = z.string().regex(/^(all|[A-Z]{2})$/, 'Write a country as "DE", or "all".');

const Days = z.strictObject({
  /** Both ends among them. */
  blackouts: z
    .array(
      z
        .strictObject({ from: z.iso.date(), to: z.iso.date(), name: Name.optional() })
        .refine(({ from, to }) => from <= to, 'This ends before it begins.')
        .refine(
          ({ from, to }) => Date.parse(to) - Date.parse(from) < MAX_DAYS_AT_A_TIME * DAY_MS,
          'At most two months at a time.',
        ),
    )
    .max(20),
  /**
   * Dates by the contact's country; `all` applies to every contact.
   * They are no business days.
   */
  holidays: z
    .record(Country, z.array(z.iso.date()).max(200))
    .refine((holidays) => Object.keys(holidays).length <= 60, 'At most 60 countries.'),
  /** What holidays are called, by country and date. */
  holidayNames: z.record(Country, z.record(z.iso.date(), Name)).default({}),
  /**
   * Whether public holidays of the contact's country are closed, too; of yours
   * where it is unknown.
   */
  publicHolidays: z.boolean().optional().describe('absent: as this installation has it'),
  holidayRegion: z
    .string()
    .max(10)
    .nullable()
    .default(null)
    .describe('of your country, such as BY: its public holidays are closed, too, for all contacts of your country'),
});

/**
 * Days without any e-mail of a partner, in addition to those of each launch.
 */
export const PartnerCalendar = Days.refine(
  ({ holidays, holidayNames }) =>
    Object.entries(holidayNames).every(([country, names]) =>
      Object.keys(names).every((date) => holidays[country]?.includes(date) === true),
    ),
  { path: ['holidayNames'], message: 'Name only dates that are holidays of that country.' },
);
export type PartnerCalendar = z.infer<typeof PartnerCalendar>;

/** As stored; send `version` as `If-Match` with a change. */
export const StoredCalendar = Days.extend({
  publicHolidays: z.boolean(),
  holidayRegion: z.string().nullable(),
  /** Yours, ISO 3166-1: regions are those of `GET /calendar/public-holidays`. */
  country: z.string(),
  version: z.number().int(),
});
export type StoredCalendar = z.infer<typeof StoredCalendar>;

export const PublicHolidaysQuery = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  region: z.string().max(10).optional(),
  year: z.coerce.number().int().min(2000).max(2100),
  language: z.enum(['en', 'de']).default('en'),
});

/** Public holidays of a country or region in a year; empty if unknown. */
export const PublicHolidays = z.object({
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  days: z.array(z.object({ on: z.iso.date(), name: z.string() })),
});
export type PublicHolidays = z.infer<typeof PublicHolidays>;

/**
 * What a calendar would change in running activations, without replies, clicks
 * or opt-outs.
 */
export const CalendarOutlook = z.object({
  activations: z.array(
    z.object({
      activationId: z.uuid(),
      title: z.string(),
      titles: Titles,
      /** Of the dates of its steps. */
      timeZone: z.string(),
      /** Contacts whose next e-mail would come later. */
      people: z.number().int(),
      /** E-mails of them that their last day forbids once they come later. */
      passed: z.number().int(),
      steps: MovedDates,
      /** Of its steps, in the order of its sequence. */
      names: z.array(StepName),
    }),
  ),
});
export type CalendarOutlook = z.infer<typeof CalendarOutlook>;
