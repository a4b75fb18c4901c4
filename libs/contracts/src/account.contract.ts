import { z } from 'zod';
import { UserLanguage } from './user-language.js';

const Region = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166), for example GB.');
/** ISO 8601: 1 Monday, 6 Saturday, 7 Sunday. */
const FirstWeekday = z.union([z.literal(1), z.literal(6), z.literal(7)]);

/** How a person is addressed, and how the portal writes for them. */
export const ProfileView = z.object({
  name: z.string(),
  language: z.string(),
  /** Country whose dates, times and numbers are shown; null: the browser's. */
  region: z.string().nullable(),
  /** Null: as in the region. */
  weekStartsOn: FirstWeekday.nullable(),
  /** IANA. When weekly e-mails come; null: as at the organisation. */
  timeZone: z.string().nullable(),
});
export type ProfileView = z.infer<typeof ProfileView>;

/** An absent field stays as it is. */
export const ChangeProfile = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  language: UserLanguage.optional(),
  region: Region.nullable().optional(),
  weekStartsOn: FirstWeekday.nullable().optional(),
  timeZone: z.string().max(60).nullable().optional(),
});

/** A file with everything that an organisation holds. */
export const OrganisationExportView = z.object({
  id: z.uuid(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  /** `expired`: the file has been deleted. */
  state: z.enum(['running', 'ready', 'failed', 'expired']),
  /** Tables and files that are written, of how many. */
  partsDone: z.number().int(),
  parts: z.number().int(),
  rows: z.number().int(),
  bytes: z.number().int().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});
export type OrganisationExportView = z.infer<typeof OrganisationExportView>;
/** Newest first. */
export const OrganisationExports = z.object({ items: z.array(OrganisationExportView) });

/** Whether an organisation is to be deleted. */
export const OrganisationDeletionView = z.object({
  /** Null: nobody has asked for it. */
  requested: z
    .object({
      by: z.string(),
      at: z.iso.datetime(),
      reason: z.string(),
      /** Until its end, by UTC, an owner can withdraw it. */
      lastDay: z.iso.date(),
      /** Its data is being deleted; it cannot be withdrawn. */
      hasBegun: z.boolean(),
    })
    .nullable(),
  /** When an export of the last seven days was downloaded; null: it was not, so the deletion is refused. */
  exportedAt: z.iso.datetime().nullable(),
  /** Between the request and the deletion. */
  waitingDays: z.number().int(),
});
export type OrganisationDeletionView = z.infer<typeof OrganisationDeletionView>;

export const RequestOrganisationDeletion = z.strictObject({
  /** The name of the organisation, as the person typed it. */
  name: z.string().max(200),
  /** Vendors or partners of the organisation read it. */
  reason: z.string().trim().min(1).max(500),
});
