import { z } from 'zod';
import { DealRole, DealStage, DealView } from './deal.contract.js';
import { Amount } from './amount.contract.js';
import { DisclosureAnswer } from './lead.contract.js';

const Id = z.uuid();
const ofPartner = ['partner'] as const;
const ofVendor = ['vendor'] as const;
const ofBoth = ['vendor', 'partner'] as const;

const campaign = z.strictObject({ campaignId: Id, versions: z.array(z.int().positive()).min(1) });
const activation = z.strictObject({
  activationId: Id,
  campaignId: Id,
  versionId: Id,
  partnerId: Id,
  reason: z.string().nullable(),
});
const message = z.strictObject({
  messageId: Id,
  activationId: Id,
  contactId: Id,
  kind: z.enum(['hard', 'soft', 'block', 'unknown', 'complaint']),
  status: z.string().nullable(),
});
const lead = z.strictObject({
  leadId: Id,
  activationId: Id,
  contactId: Id,
  status: z.enum(['new', 'accepted', 'working', 'won', 'lost', 'withdrawn']),
  amount: Amount.nullable(),
});
const deal = z.strictObject({
  dealId: Id,
  leadId: Id.nullable(),
  contactId: Id,
  stage: DealStage,
  amount: Amount.nullable(),
  refundedMinor: z.int().min(0),
});
const withdrawnDeal = z.strictObject({
  dealId: Id,
  leadId: Id.nullable(),
  contactId: Id,
  reason: DealView.shape.withdrawn.unwrap().shape.reason,
});
const dealShare = z.strictObject({
  shareId: Id,
  partnerId: Id,
  role: DealRole.nullable(),
});
const disclosure = z.strictObject({
  disclosureId: Id,
  campaignId: Id,
  partnerId: Id,
  fields: z.array(z.string()),
});
const disclosureAnswer = z.strictObject({
  disclosureId: Id,
  campaignId: Id,
  partnerId: Id,
  status: DisclosureAnswer.shape.status,
});

/**
 * All webhook events: their audience and data. Data are ids and facts, never
 * names or addresses, so that erased data is in no log of a receiver. A
 * vendor's events contain no contact: the database refuses such a row.
 */
export const WEBHOOK_EVENTS = {
  'campaign.published': { audience: ofVendor, data: campaign },
  'campaign.retired': { audience: ofVendor, data: campaign },
  'campaign.recalled': { audience: ofVendor, data: campaign },
  'campaign.recall-reversed': { audience: ofVendor, data: campaign },
  'activation.launched': { audience: ofBoth, data: activation },
  'activation.held': { audience: ofBoth, data: activation },
  'activation.resumed': { audience: ofBoth, data: activation },
  'activation.stopped': { audience: ofBoth, data: activation },
  'activation.completed': { audience: ofBoth, data: activation },
  'message.bounced': { audience: ofPartner, data: message },
  'message.complained': { audience: ofPartner, data: message },
  'contact.unsubscribed': {
    audience: ofPartner,
    data: z.strictObject({ contactId: Id, activationId: Id, messageId: Id }),
  },
  'form.submitted': { audience: ofPartner, data: z.strictObject({ contactId: Id, activationId: Id }) },
  'lead.created': { audience: ofPartner, data: lead },
  'lead.reopened': { audience: ofPartner, data: lead },
  'lead.accepted': { audience: ofPartner, data: lead },
  'lead.working': { audience: ofPartner, data: lead },
  'lead.won': { audience: ofPartner, data: lead },
  'lead.amount-changed': { audience: ofPartner, data: lead },
  'lead.lost': { audience: ofPartner, data: lead },
  'lead.withdrawn': { audience: ofPartner, data: lead },
  'deal.changed': { audience: ofPartner, data: deal },
  'deal.withdrawn': { audience: ofPartner, data: withdrawnDeal },
  'deal.shared': { audience: ofBoth, data: dealShare },
  'deal.share-revoked': { audience: ofBoth, data: dealShare },
  'lead.disclosed': { audience: ofBoth, data: disclosure },
  'lead.disclosure-revoked': { audience: ofBoth, data: disclosure },
  'lead.disclosure-answered': { audience: ofBoth, data: disclosureAnswer },
  'sequence.step-reached': {
    audience: ofPartner,
    data: z.strictObject({ activationId: Id, enrolmentId: Id, contactId: Id, stepKey: z.string(), name: z.string() }),
  },
  'webhook.test': { audience: ofBoth, data: z.strictObject({ endpointId: Id }) },
} as const satisfies Record<string, { audience: readonly ('vendor' | 'partner')[]; data: z.ZodType }>;

export type WebhookEventType = keyof typeof WEBHOOK_EVENTS;
export type WebhookEventData<T extends WebhookEventType> = z.output<(typeof WEBHOOK_EVENTS)[T]['data']>;

/** The event types that a side can subscribe to: all but the test event. */
export function webhookEventTypesFor(side: 'vendor' | 'partner'): WebhookEventType[] {
  const types = Object.keys(WEBHOOK_EVENTS) as WebhookEventType[];
  return types.filter(
    (type) =>
      type !== 'webhook.test' && (WEBHOOK_EVENTS[type].audience as readonly ('vendor' | 'partner')[]).includes(side),
  );
}
