import type * as contracts from '#contracts';
import type { ConsentRecord, Contact, ContactListWithSize, Suppression } from '#contacts';

export function contactView(contact: Contact): contracts.Contact {
  return {
    id: contact.id,
    email: contact.email,
    firstName: contact.firstName,
    lastName: contact.lastName,
    salutation: contact.salutation,
    company: contact.company,
    phone: contact.phone,
    country: contact.country,
    timeZone: contact.timeZone,
    language: contact.language,
    industry: contact.industry,
    persona: contact.persona,
    stage: contact.stage,
    segment: contact.segment,
    renewsOn: contact.renewsOn,
    warrantyEndsOn: contact.warrantyEndsOn,
    trialEndsOn: contact.trialEndsOn,
    purchasedOn: contact.purchasedOn,
    createdAt: contact.createdAt.toISOString(),
    updatedAt: contact.updatedAt.toISOString(),
  };
}

/** A legal basis is valid until the end of its last day, as in the policy. */
const hasExpired = ({ expiresOn }: ConsentRecord, now: Date): boolean =>
  expiresOn !== null && expiresOn < now.toISOString().slice(0, 10);

function consentRecordView(record: ConsentRecord, now: Date): contracts.ConsentRecord {
  return {
    basis: record.basis,
    evidence: record.evidence,
    source: record.source,
    jurisdiction: record.jurisdiction,
    jurisdictionSource: record.jurisdictionSource,
    expiresOn: record.expiresOn,
    hasExpired: hasExpired(record, now),
    recordedAt: record.recordedAt.toISOString(),
    form: formView(record),
  };
}

function formView({ language, page, versionId, confirmation }: ConsentRecord): contracts.ConsentRecord['form'] {
  if (language === null || page === null || versionId === null || confirmation === null) return null;
  return { language, page, versionId, confirmation };
}

export function contactDetailView(
  contact: Contact,
  around: { listIds: readonly string[]; consent: readonly ConsentRecord[]; suppression: Suppression | null },
  now: Date,
): contracts.ContactDetail {
  const { suppression } = around;
  return {
    ...contactView(contact),
    listIds: [...around.listIds],
    consent: around.consent.map((record) => consentRecordView(record, now)),
    suppression:
      suppression === null
        ? null
        : { id: suppression.id, reason: suppression.reason, suppressedAt: suppression.suppressedAt.toISOString() },
  };
}

export function contactListView(list: ContactListWithSize): contracts.ContactList {
  return {
    id: list.id,
    name: list.name,
    isDefault: list.isDefault,
    size: list.size,
    rule: list.rule,
    createdAt: list.createdAt.toISOString(),
  };
}
