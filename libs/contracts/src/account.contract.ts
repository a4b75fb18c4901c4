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
});
export type ProfileView = z.infer<typeof ProfileView>;

/** An absent field stays as it is. */
export const ChangeProfile = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  language: UserLanguage.optional(),
  region: Region.nullable().optional(),
  weekStartsOn: FirstWeekday.nullable().optional(),
});

/** Kinds of mail that a person may turn on or off, by side. */
export const NOTIFICATION_KINDS = {
  partner: ['leads', 'finished', 'weekly', 'versions', 'steps', 'replies', 'sending', 'webhooks'],
  vendor: ['reviews', 'sending', 'webhooks'],
} as const;
export const NotificationKind = z.enum([...NOTIFICATION_KINDS.partner, 'reviews']);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** `none`: the person gets no such mail. */
export const NotificationDelivery = z.enum(['at-once', 'none']);
export type NotificationDelivery = z.infer<typeof NotificationDelivery>;

const NotificationChoice = z.strictObject({ kind: NotificationKind, delivery: NotificationDelivery });
/** Of the organisation in which the person works now. */
export const NotificationsView = z.object({ items: z.array(NotificationChoice) });
export type NotificationsView = z.infer<typeof NotificationsView>;
/** Kinds that are absent stay as they are. */
export const ChangeNotifications = z.strictObject({ items: z.array(NotificationChoice).min(1).max(20) });

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
