import type { TFunction } from 'i18next';

/** Fields of a text, by the person or company that they describe. Those of recipients may be unknown. */
export const FIELDS = {
  recipient: [
    'recipient.greeting',
    'recipient.firstName',
    'recipient.lastName',
    'recipient.company',
    'recipient.industry',
    'recipient.email',
  ],
  partner: [
    'partner.name',
    'partner.legalName',
    'partner.address',
    'partner.contact.name',
    'partner.contact.title',
    'partner.contact.email',
    'partner.contact.phone',
  ],
} as const;
export type Field = (typeof FIELDS)[keyof typeof FIELDS][number];

const ALL: readonly string[] = Object.values(FIELDS).flat();

export const isField = (name: string): name is Field => ALL.includes(name);

/** A field in an author's words. */
export const labelOfField = (field: Field, t: TFunction): string =>
  t(`builder.fields.${field.replaceAll('.', '_') as 'partner_name'}`);

/** A text with the names of its fields in place of their marks: `[Partner’s name] reads it with you.` */
export const withFieldLabels = (text: string, t: TFunction): string =>
  text.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (mark, name: string) =>
    isField(name) ? `[${labelOfField(name, t)}]` : mark,
  );
