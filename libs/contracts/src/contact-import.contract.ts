import { z } from 'zod';
import type { ContactListId } from '#kernel';
import { idSchema } from './id.js';
import { CONTACT_FIELDS } from './contact-field.js';
import { ConsentBasis } from './contact.contract.js';
import { pageOf } from './page.contract.js';
import { lineOfText } from './text.contract.js';

/** What a column of a contact file can be; `fullName` is divided into first and last name. */
export const CONTACT_COLUMN_FIELDS = ['email', 'fullName', ...CONTACT_FIELDS] as const;

/** Field → column of the file, from 0. */
const ColumnMap = z.partialRecord(z.enum(CONTACT_COLUMN_FIELDS), z.number().int().min(0).max(199));

/** In a form everything is text, so structured values come as JSON. */
const jsonOf = <T extends z.ZodType>(value: T, example: string) =>
  z
    .string()
    .max(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue(`Write the value as JSON, such as ${example}.`);
        return z.NEVER;
      }
    })
    .pipe(value)
    .optional();

const mapping = jsonOf(ColumnMap, '{"email": 0, "firstName": 2}');
const column = z.number().int().min(0).max(199);

/** How the file is to be read; what is absent is found out. */
const reading = {
  mapping,
  encoding: z.string().max(40).optional().describe('such as windows-1250; the preview lists all'),
  sheet: z.string().max(200).optional().describe('name of a sheet of an Excel workbook'),
};

export const ContactImportPreviewOptions = z.strictObject({
  ...reading,
  optOutColumns: jsonOf(z.array(column).max(200), '[4]').describe(
    'JSON: the columns that say who wants no e-mail, from 0; absent: found by their names and values',
  ),
});

/** Columns that say who wants no e-mail, and the values that say so. */
const optOuts = jsonOf(
  z.array(z.object({ column, optedOut: z.array(z.string().max(200)).max(50) })).max(50),
  '[{"column": 4, "optedOut": ["true"]}]',
).describe('JSON: who goes to the do-not-mail list; absent: as the preview found, if every value is clear; []: no one');

/**
 * Form fields besides `file`.
 * Without a list, contacts go into the default list; a partner without lists gets
 * one with the name of the file.
 */
export const ContactImportOptions = z
  .strictObject({
    listId: idSchema<ContactListId>().optional(),
    listName: lineOfText(200).min(1).optional(),
    consentBasis: ConsentBasis,
    consentEvidence: lineOfText(500).optional(),
    jurisdiction: lineOfText(60).optional(),
    ...reading,
    optOuts,
  })
  .refine((options) => options.listId === undefined || options.listName === undefined, {
    message: 'Name the list by listId or by listName, not by both.',
    path: ['listName'],
  });

const OptOutColumn = z.object({
  column: z.number().int(),
  header: z.string(),
  values: z.array(
    z.object({
      value: z.string().describe('empty: the cell is empty; *: any text, where there are many'),
      rows: z.number().int(),
      meaning: z.enum(['opted-out', 'may-be-mailed', 'unclear']),
    }),
  ),
  hasManyValues: z.boolean(),
});

export const ContactImportPreview = z.object({
  format: z.enum(['csv', 'xlsx', 'vcard', 'html', 'addresses']),
  total: z.number().int().describe('rows below the heading'),
  headingRows: z.number().int().describe('rows up to the names of the columns, titles and notes included'),
  optOuts: z.array(OptOutColumn).describe('columns that say who wants no e-mail, by all rows'),
  sheets: z.array(z.string()).describe('visible sheets of an Excel workbook'),
  sheet: z.string().nullable(),
  encodings: z.array(z.string()).describe('encodings to choose from; empty where the format has only one'),
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
    optedOut: z.number().int().describe('people put on the do-not-mail list because the file says so'),
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
export const ContactImportPage = pageOf(ContactImportLine);
