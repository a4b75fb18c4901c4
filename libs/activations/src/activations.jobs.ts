import { z } from 'zod';
import type { AssetId } from '#assets';
import { ARTWORK_TYPES, idSchema } from '#contracts';
import { defineJob } from '#jobs';
import type { Id, MembershipId, PartnerId, VendorId } from '#kernel';

const ids = z.object({ activationId: z.uuid(), partnerId: z.uuid() });
const slotRun = z.object({
  text: z.string(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  href: z.string().optional(),
});
const slotNodes = z.object({
  kind: z.enum(['paragraphs', 'list']),
  blocks: z.array(z.array(slotRun).readonly()).readonly(),
});

/** Enrol the contacts and begin. */
export const ACTIVATION_LAUNCHED = defineJob({
  name: 'activations.enrol',
  queue: 'scheduling',
  data: ids,
  result: z.void(),
  attempts: 20,
  leaseMs: 30 * 60_000,
});
/**
 * An asset was recalled and taken back from partners: those that have downloaded
 * it are told.
 */
export const TELL_OF_RECALLED_ASSET = defineJob({
  name: 'activations.tell-of-recalled-asset',
  queue: 'scheduling',
  data: z.object({ assetId: idSchema<AssetId>(), vendorId: idSchema<VendorId>() }),
  result: z.void(),
  attempts: 20,
});
/** A vendor asks a partner to launch what is offered to it. */
export const REMIND_PARTNER = defineJob({
  name: 'activations.remind-partner',
  queue: 'scheduling',
  data: z.object({ reminderId: idSchema<Id<'launch-reminder'>>(), partnerId: idSchema<PartnerId>() }),
  result: z.void(),
  attempts: 20,
});
/** A vendor or a partner ends their partnership, or has taken that back, or its last day is over. */
export const PARTNERSHIP_CHANGED = defineJob({
  name: 'activations.partnership-ended',
  queue: 'scheduling',
  data: z.object({
    membershipId: idSchema<MembershipId>(),
    partnerId: idSchema<PartnerId>(),
    vendorId: idSchema<VendorId>(),
  }),
  result: z.void(),
  attempts: 20,
});
/** Sends steps that became due while the activation was held. */
export const ACTIVATION_RESUMED = defineJob({
  name: 'activations.resume-sending',
  queue: 'scheduling',
  data: ids,
  result: z.void(),
  attempts: 20,
});
/** Stops all enrolments of the activation permanently. */
export const ACTIVATION_STOPPED = defineJob({
  name: 'activations.stop-enrolments',
  queue: 'scheduling',
  data: ids,
  result: z.void(),
  attempts: 20,
});
/** Documents and pictures in the partner's brand, to download. */
export const COBRAND_ASSETS = defineJob({
  name: 'activations.cobrand-assets',
  queue: 'rendering',
  data: ids,
  result: z.void(),
});
/**
 * One document or picture in the partner's brand, for a preview before launch.
 * The job returns its result.
 */
export const COBRAND_PREVIEW = defineJob({
  name: 'activations.cobrand-preview',
  queue: 'rendering',
  data: z.object({
    partnerId: z.uuid(),
    versionId: z.uuid(),
    kind: z.enum(ARTWORK_TYPES),
    key: z.string(),
    format: z.string(),
    locale: z.string(),
    /** The partner's slot texts; older requests have none. */
    slots: z.record(z.string(), slotNodes).default({}),
  }),
  result: z.object({ file: z.string().describe('in passing') }),
});
