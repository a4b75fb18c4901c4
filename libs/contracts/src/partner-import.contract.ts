import { z } from 'zod';
import type { PartnerAttributeId } from '#kernel';
import { idSchema } from './id.js';
import { AttributeValue } from './partner-attribute.contract.js';
import { lineOfText } from './text.contract.js';
import { UserLanguage } from './user-language.js';

/** Why a row of an import is refused. */
const ROW_FAULTS = [
  'missing',
  'country-unknown',
  'address-invalid',
  'name-unusable',
  'too-long',
  'value-invalid',
  'attribute-unknown',
  'kept-by-partner',
  'partner-unknown',
  'partner-left',
  'tier-by-rule',
  'repeated',
  'external-id-taken',
  'address-taken',
] as const;
export type RowFaultReason = (typeof ROW_FAULTS)[number];

const Cell = lineOfText(320).min(1);

/** Adds partners and changes those that are known. */
export const ImportPartners = z.strictObject({
  dryRun: z.boolean().default(false).describe('true: answers what would be done, and stores nothing'),
  basedOn: z
    .string()
    .max(64)
    .optional()
    .describe('`version` of a dry run: refused if something else would be done now'),
  partners: z
    .array(
      z.strictObject({
        partnerId: z.uuid().optional(),
        externalId: Cell.optional().describe('your own number of the partner; the best way to find it again'),
        organisationName: Cell.optional().describe('of a new partner'),
        email: Cell.optional().describe('of the first person of a new partner'),
        countryCode: Cell.optional().describe('of a new partner, ISO 3166'),
        tier: Cell.optional(),
        region: Cell.optional(),
        language: UserLanguage.optional().describe('of the invitation; absent: that of the country'),
        attributes: z
          .record(idSchema<PartnerAttributeId>(), AttributeValue.nullable())
          .default({})
          .describe('by id; null takes a value away, and what is absent stays'),
      }),
    )
    .min(1)
    .max(5000),
});

export const PartnerImportOptions = z.strictObject({
  basedOn: z
    .string()
    .max(64)
    .optional()
    .describe('`version` of the preview: refused if something else would be done now'),
});

const Change = z.object({
  field: z.enum(['tier', 'region', 'externalId', 'attribute']),
  attributeId: z.uuid().nullable().describe('null: it is no attribute'),
  before: AttributeValue.nullable(),
  after: AttributeValue.nullable(),
});

export const PartnerImportView = z.object({
  version: z.string().describe('the same while the import would do the same'),
  counts: z.object({
    new: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
  }),
  rows: z.array(
    z.object({
      line: z.number().int().describe('row of the spreadsheet, or place in the list from 1'),
      name: z.string(),
      outcome: z.enum(['new', 'changed', 'unchanged', 'refused']),
      partnerId: z.uuid().nullable().describe('null for new and refused rows'),
      email: z.string().nullable().describe('to which a new partner is invited'),
      changes: z.array(Change),
      faults: z.array(
        z.object({
          reason: z.enum(ROW_FAULTS),
          field: z.string().describe('a field, or the name of an attribute'),
          value: z.string(),
          otherLine: z.number().int().nullable().describe('the row that has it too'),
        }),
      ),
    }),
  ),
  ignoredColumns: z.array(z.string()).describe('headings that name no field and no attribute'),
});
export type PartnerImportView = z.infer<typeof PartnerImportView>;
