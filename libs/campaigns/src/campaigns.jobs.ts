import { z } from 'zod';
import { TEMPLATE_TYPES, ARTWORK_TYPES, EndCode, idSchema } from '#contracts';
import { defineJob } from '#jobs';
import type { CampaignId, CampaignVersionId, Locale, PartnerGroupId } from '#kernel';
import { WHEN_FIELDS } from '#rendering';

/** SHA-256 in hex. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Changed texts by path, null for a removed file. */
const Changes = z.record(z.string(), z.string().nullable());
/** Blobs of uploaded files by path. */
const Uploads = z.record(z.string(), Hash).default({});

/**
 * A campaign was retired: activations stop.
 * Queued in the transaction that ended it.
 */
export const CAMPAIGN_RETIRED = defineJob({
  name: 'campaigns.stop-retired',
  queue: 'scheduling',
  data: z.object({
    campaignId: z.uuid(),
    versionIds: z.array(z.uuid()).min(1),
    /** If the product ended it. */
    code: EndCode.nullable().default(null),
  }),
  result: z.void(),
  attempts: 20,
});

/**
 * A recall was decided or reversed: its activations are held or go on, its
 * report is filled, partners are told. Queued in that transaction. A schedule
 * continues it, too, so that no process has to finish it.
 */
export const CARRY_OUT_RECALL = defineJob({
  name: 'campaigns.carry-out-recall',
  queue: 'scheduling',
  data: z.object({ recallId: z.uuid(), vendorId: z.uuid() }),
  result: z.void(),
  attempts: 20,
});

/**
 * A published version is offered to more partners or for more days: partners are
 * told. Queued in the transaction that extended it.
 */
export const VERSION_EXTENDED = defineJob({
  name: 'campaigns.tell-of-extension',
  queue: 'scheduling',
  data: z.object({
    versionId: idSchema<CampaignVersionId>(),
    campaignId: idSchema<CampaignId>(),
    /** Groups before; null: all partners. */
    formerGroupIds: z.array(idSchema<PartnerGroupId>()).nullable(),
    hasMoreDays: z.boolean(),
    at: z.iso.datetime(),
  }),
  result: z.void(),
  attempts: 20,
});

/**
 * A version was submitted, or a user asked again: check whether its link
 * targets exist.
 */
export const CHECK_LINKS = defineJob({
  name: 'campaigns.check-links',
  queue: 'notifications',
  data: z.object({
    vendorId: z.uuid(),
    campaignId: z.uuid(),
    number: z.number().int(),
    packageHash: Hash,
  }),
  result: z.void(),
});

/**
 * Renders a document or picture for the vendor, with a sample partner's values.
 * The job returns the result.
 * It concerns a stored version, or its package with unsaved changes.
 * Their texts travel in the job, as those of `CHECK_EDIT` do.
 */
export const SHOW_ARTWORK = defineJob({
  name: 'campaigns.show-artwork',
  queue: 'rendering',
  data: z.object({
    of: z.union([
      z.object({ compiledHash: Hash }),
      z.object({ vendorId: z.uuid(), packageHash: Hash, changes: Changes, uploads: Uploads }),
    ]),
    kind: z.enum(ARTWORK_TYPES),
    key: z.string(),
    /** `pdf`, or the size of a picture. */
    format: z.string(),
    locale: z.string(),
    partnerName: z.string(),
    /** Whose logo it shows, where that partner has one; null: a sample's. */
    partnerId: z.uuid().nullable().default(null),
  }),
  result: z.object({ file: z.string().describe('in passing') }),
});

/**
 * An author opened the files of a package: the compiling process prepares for
 * edits. A lost job costs only time.
 */
export const EXPECT_EDITS = defineJob({
  name: 'campaigns.expect-edits',
  queue: 'rendering',
  data: z.object({ packageHash: Hash }),
  result: z.void(),
});

/** A `SourceProblem` on its way between processes. */
export const Problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  message: z.string(),
  remedy: z.string(),
});

const Colours = z.object({
  primary: z.string(),
  onPrimary: z.string(),
  secondary: z.string(),
  onSecondary: z.string(),
  link: z.string(),
});

/** A template to render, with the values of its sample recipient. */
const Shown = z.object({
  kind: z.enum(TEMPLATE_TYPES),
  key: z.string(),
  locale: z.string().nullable(),
  recipient: z.partialRecord(z.enum(WHEN_FIELDS), z.string()).default({}),
  parts: z.boolean(),
  choices: z.record(z.string(), z.string()).default({}),
  brand: z.object({ name: z.string(), colours: Colours }).nullable(),
  /** Whose logo it shows, as with `SHOW_ARTWORK`. */
  partnerId: z.uuid().nullable().default(null),
});

const Rendered = z.object({
  locale: z.custom<Locale>((value) => typeof value === 'string'),
  partnerName: z.string(),
  subject: z.string(),
  preheader: z.string(),
  html: z.string(),
  text: z.string(),
  asks: z
    .array(z.object({ field: z.enum(WHEN_FIELDS), values: z.array(z.string()).readonly() }))
    .readonly()
    .default([]),
});

/**
 * Renders one e-mail or page of a shipped template or layout for the gallery.
 * Nothing is stored: pictures are in the HTML.
 */
export const SHOW_SHIPPED = defineJob({
  name: 'campaigns.show-shipped',
  queue: 'rendering',
  data: z.object({ of: z.enum(['template', 'layout']), name: z.string(), locale: z.string() }),
  result: z.object({ html: z.string() }),
});

/**
 * Compiles a vendor's unsaved edit and renders one template of it. Texts travel
 * in the job itself, unlike elsewhere: nothing of a check is stored. A blob for
 * every pause in typing would stay forever.
 */
export const CHECK_EDIT = defineJob({
  name: 'campaigns.check-edit',
  queue: 'rendering',
  data: z.object({
    vendorId: z.uuid(),
    packageHash: Hash,
    changes: Changes,
    uploads: Uploads,
    /** The package that the campaign was copied from. */
    templateHash: Hash.nullable().default(null),
    show: Shown.nullable(),
  }),
  result: z.object({ problems: z.array(Problem), preview: Rendered.nullable() }),
});
export type EditCheck = z.output<typeof CHECK_EDIT.result>;

/**
 * Renders one e-mail or page of an unsaved edit for the canvas of the editor, with a
 * class for each block.
 */
export const SHOW_CANVAS = defineJob({
  name: 'campaigns.show-canvas',
  queue: 'rendering',
  data: z.object({ vendorId: z.uuid(), packageHash: Hash, changes: Changes, uploads: Uploads, show: Shown }),
  result: z.object({
    preview: Rendered.nullable(),
    /** What the page says after its form was sent; null: it has no form. */
    thanks: z.object({ text: z.string(), nextLabel: z.string().nullable(), isConfirmed: z.boolean() }).nullable(),
  }),
});
export type ShownCanvas = z.output<typeof SHOW_CANVAS.result>;
