import { z } from 'zod';
import type { ContactListId } from '#kernel';
import { idSchema } from './id.js';
import { ConsentBasis } from './contact.contract.js';
import { PageQuery, pageOf } from './page.contract.js';
import { lineOfText } from './text.contract.js';

const COLUMN_FIELDS = [
  'email',
  'fullName',
  'firstName',
  'lastName',
  'company',
  'country',
  'timeZone',
  'language',
  'industry',
  'persona',
  'stage',
  'segment',
] as const;

/** Field → column of the file, from 0. */
const ColumnMap = z.partialRecord(z.enum(COLUMN_FIELDS), z.number().int().min(0).max(199));

/** In a form everything is text, so the mapping comes as JSON. */
const mapping = z
  .string()
  .max(2000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('Write the mapping as JSON, such as {"email": 0, "firstName": 2}.');
      return z.NEVER;
    }
  })
  .pipe(ColumnMap)
  .optional();

export const ContactImportPreviewOptions = z.object({ mapping });

/**
 * Form fields besides `file`.
 * Without a list, contacts go into the default list.
 */
export const ContactImportOptions = z
  .object({
    listId: idSchema<ContactListId>().optional(),
    listName: lineOfText(200).min(1).optional(),
    consentBasis: ConsentBasis,
    consentEvidence: lineOfText(500).optional(),
    jurisdiction: lineOfText(60).optional(),
    mapping,
  })
  .refine((options) => options.listId === undefined || options.listName === undefined, {
    message: 'Name the list by listId or by listName, not by both.',
    path: ['listName'],
  });

export const ContactImportPreview = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  hasHeader: z.boolean(),
  headers: z.array(z.string()),
  columns: ColumnMap,
  rows: z.array(z.array(z.string())),
});
export type ContactImportPreview = z.infer<typeof ContactImportPreview>;

export const ContactImportProblem = z.object({
  row: z.number().int().describe('row of the file as a spreadsheet counts it'),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  value: z.string().nullable(),
});
export type ContactImportProblem = z.infer<typeof ContactImportProblem>;

export const ContactImport = z.object({
  id: z.uuid(),
  status: z.enum(['queued', 'running', 'completed', 'cancelled', 'failed']),
  listId: z.uuid().nullable().describe('null: it was to make a list, and nothing came to it'),
  fileName: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  columns: ColumnMap,
  consentBasis: ConsentBasis,
  total: z.number().int().nullable().describe('rows in the file, once counted'),
  counts: z.object({
    candidates: z.number().int().describe('rows decided so far: created + updated + unchanged + rejected'),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    rejected: z.number().int(),
  }),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  problems: z.array(ContactImportProblem).describe('the first hundred; all are in problems.csv'),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ContactImport = z.infer<typeof ContactImport>;

/** An import in a list. */
export const ContactImportLine = ContactImport.omit({ problems: true });
export type ContactImportLine = z.infer<typeof ContactImportLine>;
export const ContactImportQuery = PageQuery.extend({ cursor: z.uuid().optional() });
export const ContactImportPage = pageOf(ContactImportLine);
