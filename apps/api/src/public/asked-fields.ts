import type { ContactForSending } from '#contacts';
import type { Id } from '#kernel';
import { type FormField, VISITOR_CLICK } from '#rendering';
import type { AskedDocument } from './document-delivery.service.js';

/** A person who came to a page by a personal link. */
export interface Visit {
  readonly click: Id<'interaction'>;
  readonly contact: ContactForSending;
}

/** Why a form is shown otherwise than compiled. */
export interface FormOccasion {
  /** Who came by a personal link; null: unknown. */
  readonly visit: Visit | null;
  /** What the reader gets for the form; null: nothing. */
  readonly document: AskedDocument | null;
  /** Name of the partner if the campaign has ended; null: it has not. */
  readonly ended: string | null;
}

/** Where a form says why it is there: on a phone it is far below the top of its page. */
export const FORM_ANCHOR = 'tc-why';

/** Name of the field with the document that a form is sent for. */
export const ASKED_DOCUMENT = 'document';

/** What a form asks its reader for. */
export interface AskedFields {
  readonly fields: readonly FormField[];
  readonly required: readonly FormField[];
  /** Values that the form sends along, by name. */
  readonly hidden: Readonly<Record<string, string>>;
}

/**
 * A visitor is asked only for what the partner does not know: no answer is shown,
 * because the link may have been forwarded.
 */
export function askedFields(
  { fields, required }: Pick<AskedFields, 'fields' | 'required'>,
  { visit, document }: Pick<FormOccasion, 'visit' | 'document'>,
): AskedFields {
  const asked: Record<string, string> = document === null ? {} : { [ASKED_DOCUMENT]: document.key };
  if (visit === null) return { fields, required, hidden: asked };
  const isAsked = (field: FormField): boolean => field === 'message' || visit.contact[field] === null;
  return {
    fields: fields.filter(isAsked),
    required: required.filter(isAsked),
    hidden: { ...asked, [VISITOR_CLICK]: visit.click },
  };
}

/**
 * An address that its owner recognises and no other visitor learns: `o…@b….example`
 * for olivia@brightwater.example.
 */
export function maskedEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  const [first = ''] = local;
  const [start = ''] = domain;
  return `${first}…@${start}….${domain.split('.').at(-1) ?? ''}`;
}
