import { z } from 'zod';
import type { PartnerAttributeId, VendorId } from '#kernel';
import { EditVersion } from './edit-version.contract.js';
import { idSchema } from './id.js';
import { lineOfText } from './text.contract.js';

/** The kinds of facts that a vendor can define about its partners. */
export const ATTRIBUTE_KINDS = ['text', 'choice', 'choices', 'number', 'date', 'yes-no', 'certification'] as const;
export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number];

/** Longest text of a value, and of the number of a certificate. */
export const MAX_ATTRIBUTE_TEXT = 200;

const Label = lineOfText(60).min(1);
export const AttributeOption = z.object({
  key: z.string().describe('stays when the label changes; values and rules of groups have keys'),
  label: z.string(),
});
export type AttributeOption = z.infer<typeof AttributeOption>;

export const PartnerAttributeInput = z.strictObject({
  name: Label,
  help: lineOfText(200).default('').describe('for who fills it in'),
  kind: z.enum(ATTRIBUTE_KINDS).describe('cannot be changed later'),
  owner: z
    .enum(['vendor', 'partner'])
    .describe('who writes the values, fixed once there are any; a partner does not see those that the vendor keeps'),
  options: z
    .array(
      z.strictObject({
        key: z
          .string()
          .max(60)
          .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and hyphens, for example public-sector.')
          .optional()
          .describe('of an existing option; absent: made of the label'),
        label: Label,
      }),
    )
    .max(100)
    .default([])
    .describe('of choice and choices'),
});
export const PartnerAttributeView = z.object({
  id: z.uuid(),
  version: EditVersion,
  name: z.string(),
  help: z.string(),
  kind: z.enum(ATTRIBUTE_KINDS),
  owner: z.enum(['vendor', 'partner']),
  options: z.array(AttributeOption),
  valueCount: z.number().int().describe('partners with a value'),
});
export type PartnerAttributeView = z.infer<typeof PartnerAttributeView>;
export const PartnerAttributes = z.object({ items: z.array(PartnerAttributeView) });

const Day = z.iso.date();
/** What a partner has of a certification. */
export const Certification = z.strictObject({
  number: lineOfText(MAX_ATTRIBUTE_TEXT).nullable().default(null).describe('of the certificate; null: none is known'),
  expiresOn: Day.nullable().default(null).describe('the last day on which it holds; null: it does not expire'),
});
export type Certification = z.output<typeof Certification>;

/** A value of an attribute; its kind decides which of these it is. */
export const AttributeValue = z
  .union([lineOfText(MAX_ATTRIBUTE_TEXT), z.number(), z.boolean(), z.array(z.string().max(60)).max(100), Certification])
  .describe(
    'text: a text. choice: the key of an option. choices: keys of options. number: a number. date: a day. yes-no: true or false. certification: an object',
  );
export type AttributeValue = z.output<typeof AttributeValue>;

/** Changes only what it names; null takes a value away. */
export const ChangeAttributeValues = z.strictObject({
  values: z.record(idSchema<PartnerAttributeId>(), AttributeValue.nullable()).describe('by the id of the attribute'),
});

/** What a partner tells a vendor about its company. */
export const TellVendor = ChangeAttributeValues.extend({ vendorId: idSchema<VendorId>() });

export const AttributeOfPartner = PartnerAttributeView.omit({ version: true, valueCount: true }).extend({
  value: AttributeValue.nullable().describe('null: none is known'),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
});
export type AttributeOfPartner = z.infer<typeof AttributeOfPartner>;
export const AttributesOfPartner = z.object({ items: z.array(AttributeOfPartner) });
/** What a partner keeps itself for a vendor. */
const AttributesForVendor = AttributesOfPartner.extend({ vendorId: z.uuid(), vendorName: z.string() });
export const AttributesForVendors = z.object({ items: z.array(AttributesForVendor) });

const not = z.boolean().default(false).describe('true: partners for whom this does not hold');
const attributeId = idSchema<PartnerAttributeId>();

/** A condition of the rule of a partner group; as those of segments of contacts, it has `on` and `not`. */
export const GroupCondition = z.discriminatedUnion(
  'on',
  [
    z.strictObject({
      on: z.literal('attribute'),
      attributeId,
      is: z
        .array(lineOfText(MAX_ATTRIBUTE_TEXT).min(1))
        .min(1)
        .max(100)
        .describe('one of these texts or keys of options, in upper or lower case'),
      not,
    }),
    z.strictObject({ on: z.literal('attribute-known'), attributeId, not }),
    z.strictObject({ on: z.literal('attribute-yes'), attributeId, not }),
    z.strictObject({
      on: z.literal('attribute-number'),
      attributeId,
      from: z.number().nullable().default(null).describe('null: no lower limit'),
      to: z.number().nullable().default(null).describe('null: no upper limit'),
      not,
    }),
    z.strictObject({
      on: z.literal('attribute-date'),
      attributeId,
      from: Day.nullable().default(null).describe('null: no first day'),
      to: Day.nullable().default(null).describe('null: no last day'),
      not,
    }),
    z.strictObject({
      on: z.literal('certified'),
      attributeId,
      forDays: z.number().int().min(0).max(1825).default(0).describe('the certification still holds in so many days'),
      not,
    }),
  ],
  {
    error:
      'A condition is on one of attribute, attribute-known, attribute-yes, attribute-number, attribute-date, certified.',
  },
);
export type GroupCondition = z.output<typeof GroupCondition>;
