import type { ContactField } from '#contracts';
import type { CampaignVersionId, ContactId, ContactListId, Id, PartnerId } from '#kernel';

export { CONTACT_FIELDS, type ContactField } from '#contracts';
export type ContactDetails = Record<ContactField, string | null>;

/** A person in exactly one partner's lists. */
export interface Contact extends ContactDetails {
  readonly id: ContactId;
  readonly partnerId: PartnerId;
  readonly email: string;
  readonly emailNormalised: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a sender needs of a contact, and nothing more. */
export type ContactForSending = ContactDetails & { readonly id: ContactId; readonly email: string };

/** What a list calls a contact: the name, or else the address. */
export function shownName({
  firstName,
  lastName,
  email,
}: Pick<ContactForSending, 'firstName' | 'lastName' | 'email'>): string {
  const name = [firstName, lastName].filter((part) => part != null).join(' ');
  return name === '' ? email : name;
}

/**
 * `pending`: asked and not confirmed.
 * No user enters it; the form request sets it.
 */
export type ConsentBasis = 'customer' | 'opt-in' | 'legitimate-interest' | 'unknown' | 'pending';

/** Bases that need evidence; a customer is in the partner's own books. */
export const needsEvidence = (basis: ConsentBasis): boolean => basis === 'opt-in' || basis === 'legitimate-interest';

/** Where and how a form asked for a consent. */
export interface AskingForm {
  /** Of the text as shown, BCP 47. */
  readonly language: string;
  /** URL of the page. */
  readonly page: string;
  readonly versionId: CampaignVersionId;
  /** Who asks for a confirmation by e-mail: the partner's consent rule, or the campaign. */
  readonly confirmation: 'none' | 'partner' | 'campaign';
}

export interface ConsentInput {
  readonly basis: Exclude<ConsentBasis, 'pending'>;
  readonly evidence?: string | null;
  readonly jurisdiction?: string | null;
  /** `2027-03-31`. */
  readonly expiresOn?: string | null;
  /** Absent: no form asked. */
  readonly form?: AskingForm | null;
}

export type ConsentRecordId = Id<'consent-record'>;

/** Evidence of permission to write to a contact; the newest one counts. */
export interface ConsentRecord {
  readonly id: ConsentRecordId;
  readonly partnerId: PartnerId;
  readonly contactId: ContactId;
  readonly basis: ConsentBasis;
  /**
   * The partner's text: "signed up at the spring fair", a URL, a ticket number.
   */
  readonly evidence: string | null;
  /** Where the record comes from: `form`, `staff`, `import <id>`. */
  readonly source: string;
  /**
   * ISO 3166-1 alpha-2 or 3166-2 of the applicable law, if known: `CA`,
   * `CA-QC`.
   */
  readonly jurisdiction: string | null;
  /**
   * Source of the jurisdiction: stated, or the contact's country at that time.
   */
  readonly jurisdictionSource: 'stated' | 'contact' | null;
  /** Last day of validity (`2027-03-31`), if the law limits it. */
  readonly expiresOn: string | null;
  readonly recordedAt: Date;
  /** See `AskingForm`; null for a record of another origin. */
  readonly language: string | null;
  readonly page: string | null;
  readonly versionId: CampaignVersionId | null;
  readonly confirmation: AskingForm['confirmation'] | null;
}

export interface ContactList {
  readonly id: ContactListId;
  readonly partnerId: PartnerId;
  readonly name: string;
  /**
   * The list that a launch takes when none is chosen; a partner has at most
   * one.
   */
  readonly isDefault: boolean;
  readonly createdAt: Date;
}
