import { z } from 'zod';

/** Kinds of notifications that a person may turn on or off, by side. */
export const NOTIFICATION_KINDS = {
  partner: [
    'campaigns',
    'leads',
    'finished',
    'weekly',
    'versions',
    'partnerships',
    'onboarding',
    'newsletters',
    'saved-views',
    'steps',
    'replies',
    'sending',
    'webhooks',
  ],
  vendor: [
    'reviews',
    'launches',
    'shared-leads',
    'expiring',
    'idle-partners',
    'partnerships',
    'saved-views',
    'weekly',
    'sending',
    'webhooks',
  ],
} as const;
export const NotificationKind = z.enum([...new Set([...NOTIFICATION_KINDS.partner, ...NOTIFICATION_KINDS.vendor])]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** How e-mails of a kind come. `weekly`: as lines of the weekly summary. */
export const NotificationDelivery = z.enum(['at-once', 'weekly', 'none']);
export type NotificationDelivery = z.infer<typeof NotificationDelivery>;

/** Nothing of these can wait a week: somebody has to act. */
const URGENT: ReadonlySet<NotificationKind> = new Set(['steps', 'replies', 'sending', 'webhooks']);

/** The deliveries that a kind has. The summary itself is weekly. */
export function deliveriesOf(kind: NotificationKind): readonly NotificationDelivery[] {
  if (kind === 'weekly') return ['weekly', 'none'];
  // A saved view has its own day and hour.
  return URGENT.has(kind) || kind === 'saved-views' ? ['at-once', 'none'] : NotificationDelivery.options;
}

/** What a person gets of a kind. */
const NotificationSetting = z.object({
  kind: NotificationKind,
  delivery: NotificationDelivery,
  /** Those that can be chosen. */
  deliveries: z.array(NotificationDelivery),
  /** Shown in the portal. Null: the kind is an e-mail only. */
  inApp: z.boolean().nullable(),
});
/** Of the organisation in which the person works now. */
export const NotificationSettings = z.object({ items: z.array(NotificationSetting) });
export type NotificationSettings = z.infer<typeof NotificationSettings>;

/** Kinds and fields that are absent stay as they are. */
export const ChangeNotificationSettings = z.strictObject({
  items: z
    .array(
      z.strictObject({
        kind: NotificationKind,
        delivery: NotificationDelivery.optional(),
        inApp: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(20),
});

/** What a notification says happened. */
export const NotificationEvent = z.enum([
  'submitted',
  'withdrawn',
  'returned',
  'commented',
  'approved',
  'published',
  'translation',
  'lead-shared',
  'deal-shared',
  'deal-joined',
  'deal-accepted',
  'first-launch',
  'campaign-expiring',
  'partners-idle',
  'domain-halted',
  'campaign-published',
  'campaign-extended',
  'campaign-reminder',
  'campaign-retired',
  'campaign-ended',
  'campaign-recalled',
  'campaign-recall-reversed',
  'campaign-ends-soon',
  'review-due',
  'campaign-finished',
  'newsletter',
  'campaign-held',
  'campaign-released',
  'campaign-stopped',
  'partnership-ended',
  'partnership-goes-on',
  'partnership-offered',
  'terms-published',
  'onboarding-reminder',
  'tier-drop-announced',
  'tier-changed',
  'wave-shut',
  'newer-version',
  'update-asks',
  'campaign-updated',
  'update-rolled-back',
  'update-held',
  'lead',
  'lead-again',
  'lead-withdrawn',
  'lead-waiting',
  'lead-answered',
  'reply-not-forwarded',
  'post-ready',
  'contact-reached',
  'consent-missing',
  'sending-halted',
  'webhook-disabled',
]);
export type NotificationEvent = z.infer<typeof NotificationEvent>;

const NotificationItem = z.object({
  id: z.uuid(),
  kind: NotificationKind,
  event: NotificationEvent,
  at: z.iso.datetime(),
  isUnread: z.boolean(),
  /** The person or organisation that did it; null: not known. */
  by: z.string().nullable(),
  /** Title of the campaign by language; null: not about a campaign. */
  title: z.record(z.string(), z.string()).nullable(),
  /** Of the version, or how many; null: not about one. */
  number: z.number().int().nullable(),
  /** Where it is in the portal. */
  path: z.string(),
});

/** The notifications of a user in an organisation, newest first. */
export const NotificationPage = z.object({
  /** Of all notifications of the person, not of this page. At most 100 are counted. */
  unread: z.number().int(),
  items: z.array(NotificationItem),
  /** Null: there is no older one. */
  nextCursor: z.string().nullable(),
});
export type NotificationPage = z.infer<typeof NotificationPage>;

/** Absent `ids`: all of them. */
export const ReadNotifications = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(100).optional(),
  /** False marks them as unread again. */
  isRead: z.boolean().optional(),
});
