import { z } from 'zod';
import type { UserId } from '#kernel';
import { idSchema } from './id.js';

const Instant = z.iso.datetime();
const Key = z.string().min(1).max(300);
const Words = z.string().max(40_000);
/** A text with the source that it translates. */
const SaidText = z.strictObject({ key: Key, source: Words, text: Words });

export const RecordTranslations = z.strictObject({
  texts: z
    .array(SaidText)
    .min(1)
    .max(2_000)
    .superRefine((texts, context) => {
      const seen = new Set<string>();
      for (const [index, { key }] of texts.entries()) {
        if (seen.has(key))
          context.addIssue({
            code: 'custom',
            path: [index, 'key'],
            message: 'This key is given twice. Give each text once.',
          });
        seen.add(key);
      }
    }),
});
export const ReopenTranslations = z.strictObject({ keys: z.array(Key).min(1).max(2_000) });

const TranslationRecordView = z.object({
  locale: z.string(),
  key: z.string(),
  source: z.string(),
  text: z.string(),
  isReviewed: z.boolean(),
  translatedAt: Instant,
  translatedBy: z.string(),
  /** You translated it. */
  isYours: z.boolean(),
  reviewedAt: Instant.nullable(),
  reviewedBy: z.string().nullable(),
});
/** What was said of the texts of a language. */
export const TranslationRecords = z.object({ records: z.array(TranslationRecordView) });
export type TranslationRecords = z.infer<typeof TranslationRecords>;

const RuleFields = {
  unreviewed: z
    .enum(['hold', 'warn'])
    .describe('hold: a language that has a reviewer cannot be submitted with texts that are not reviewed'),
  ownReview: z.enum(['allowed', 'refused']).describe('whether a reviewer may release what he or she translated'),
};
const Count = z.number().int();

/** Languages of a campaign with their progress, and what was said of each text. */
export const TranslationDeskView = z.object({
  rule: z.object(RuleFields),
  languages: z.array(
    z.object({
      locale: z.string(),
      counts: z.object({ missing: Count, outdated: Count, new: Count, draft: Count, reviewed: Count }),
      /** Who releases its texts; null: anyone of the team. */
      reviewer: z.object({ name: z.string(), isYou: z.boolean() }).nullable(),
      /** The campaign cannot be submitted with the texts that are not reviewed. */
      isHeldBack: z.boolean(),
      /** The last message about it: a request for review, or the answer. */
      request: z
        .object({
          kind: z.enum(['review', 'rework', 'done']),
          count: Count,
          comment: z.string().nullable(),
          at: Instant,
          by: z.string(),
        })
        .nullable(),
    }),
  ),
  records: z.array(TranslationRecordView),
});
export type TranslationDeskView = z.infer<typeof TranslationDeskView>;

/** What the import of a file would do. Nothing is changed yet. */
export const XliffCheck = z.object({
  texts: z.array(
    z.object({
      key: z.string(),
      outcome: z.enum(['new', 'changed', 'restated', 'outdated', 'unchanged', 'empty', 'unknown', 'error']),
      /** The source that was translated. */
      source: z.string(),
      before: z.string().nullable(),
      text: z.string().nullable(),
      /** The file says that it is reviewed. */
      isReviewed: z.boolean(),
      isTooLong: z.boolean(),
      problems: z.array(
        z.object({
          code: z.enum(['code-missing', 'code-unknown', 'code-unpaired', 'unit-twice']),
          line: z.number().int(),
          /** Fields, conditions or tags. */
          codes: z.array(z.string()),
        }),
      ),
    }),
  ),
});
export type XliffCheck = z.infer<typeof XliffCheck>;

export const AskForReview = z.strictObject({
  /** `rework`, `done`: the answer of a reviewer to the translators. */
  kind: z.enum(['review', 'rework', 'done']),
  comment: z.string().trim().min(1).max(2_000).nullable().default(null),
});

const Person = z.object({ id: z.uuid(), name: z.string() });
/** What a vendor asks of translations, and who reviews each language. */
export const TranslationRuleView = z.object({
  ...RuleFields,
  reviewers: z.array(z.object({ locale: z.string(), userId: z.uuid(), name: z.string() })),
  /** People who can be chosen. */
  team: z.array(Person),
});
export type TranslationRuleView = z.infer<typeof TranslationRuleView>;
export const ChangeTranslationRule = z.strictObject(RuleFields).partial();
export const ChooseTranslationReviewer = z.strictObject({ userId: idSchema<UserId>().nullable() });
