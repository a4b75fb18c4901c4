import { z } from 'zod';
import type { PartnerId } from '#kernel';
import { CampaignPreview, PackageProblem, TraitName, TraitValue } from './campaign.contract.js';
import { idSchema } from './id.js';
import { TEMPLATE_TYPES } from './tactic-type.js';

/**
 * The files of a version: text files as text, null for pictures and documents.
 */
export const PackageFiles = z.object({
  packageHash: z.string(),
  files: z.array(
    z.object({ path: z.string(), bytes: z.number().int(), hash: z.string(), text: z.string().nullable() }),
  ),
});
export type PackageFiles = z.infer<typeof PackageFiles>;

/** New text by path; null deletes a file. */
const Changes = z
  .record(z.string().min(1).max(200), z.string().max(400_000).nullable())
  .refine((changes) => Object.keys(changes).length <= 100, 'Change at most 100 files at once.');

/** Unsaved changes, and the template to show with them. */
export const CheckEdit = z.strictObject({
  changes: Changes,
  show: z
    .strictObject({
      kind: z.enum(TEMPLATE_TYPES),
      key: z.string().max(60),
      locale: z.string().max(35).nullable(),
      /**
       * What is known of the recipient: it decides about conditional sections.
       */
      recipient: z.partialRecord(TraitName, TraitValue).default({}),
      partnerId: idSchema<PartnerId>().nullable(),
      parts: z.boolean().default(false),
    })
    .nullable(),
});

/** Unsaved changes, and the e-mail or page that the canvas shows with them. */
export const ShowCanvas = z.strictObject({
  changes: Changes,
  show: z.strictObject({
    kind: z.enum(TEMPLATE_TYPES).default('email'),
    key: z.string().max(60),
    locale: z.string().max(35).nullable(),
    recipient: z.partialRecord(TraitName, TraitValue).default({}),
    choices: z
      .record(z.string().max(60), z.string().max(60))
      .default({})
      .describe('what the partner chose, by the name of the choice; absent: the first option'),
    partnerId: idSchema<PartnerId>().nullable(),
    state: z
      .enum(['open', 'sent'])
      .default('open')
      .describe('of a page: `sent` shows what a reader sees after the form was sent'),
  }),
});

/** A test e-mail of a version, with changes that are not in it yet. */
export const SendTestMails = z.strictObject({
  key: z.string().min(1).max(60),
  locale: z.string().max(35).nullable(),
  recipient: z.partialRecord(TraitName, TraitValue).default({}),
  /** As this partner's customers get it; null: with sample values. */
  partnerId: idSchema<PartnerId>().nullable(),
  changes: Changes.default({}),
  /** Addresses of your team; empty: you. */
  to: z.array(z.string().min(3).max(254)).max(5).default([]),
});
export const TestMails = z.object({ to: z.array(z.string()) });

const Shown = {
  key: z.string().max(60),
  locale: z.string().max(35).nullable(),
  partnerId: idSchema<PartnerId>().nullable(),
};

/** A document or a picture with unsaved changes. */
export const ShowEdit = z.strictObject({
  changes: Changes,
  show: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('document'), ...Shown }),
    z.strictObject({ kind: z.literal('social'), ...Shown, format: z.enum(['landscape', 'square', 'story']) }),
  ]),
});

/**
 * Mistakes prevent saving a draft, advice does not.
 * With mistakes there is no preview.
 */
export const EditCheck = z.object({
  problems: z.array(PackageProblem.extend({ severity: z.enum(['error', 'warning']) })),
  preview: CampaignPreview.nullable(),
});
export type EditCheck = z.infer<typeof EditCheck>;

/** The e-mail or page of the canvas; null if it cannot be read. */
export const CanvasPreview = z.object({ preview: CampaignPreview.nullable() });
export type CanvasPreview = z.infer<typeof CanvasPreview>;

export const SaveEdit = z.strictObject({
  /** The `packageHash` of the files that were changed. */
  basedOn: z.string().max(64),
  changes: Changes,
});

/**
 * Editor completion: tags with attributes, paths for `{{…}}`, links without
 * declaration.
 */
export const AuthoringLanguage = z.object({
  elements: z.array(
    z.object({
      name: z.string(),
      attributes: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    }),
  ),
  fields: z.array(z.string()),
  builtInLinks: z.array(z.string()),
});
export type AuthoringLanguage = z.infer<typeof AuthoringLanguage>;
