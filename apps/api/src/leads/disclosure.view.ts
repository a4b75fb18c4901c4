import type { DisclosedLead as DisclosedLeadView, DisclosureAnswer, DisclosureView } from '#contracts';
import { phoneLink } from '#organisations';
import { type DisclosedLead, type Disclosure, nextAnswers, titleIn } from '#leads';

/** A disclosure as the partner sees it. */
export const disclosureView = (
  { id, leadId, fields, purpose, disclosedBy, disclosedAt, revokedAt, answer }: Disclosure,
  vendorName: string,
): DisclosureView => ({
  id,
  leadId,
  vendorName,
  fields: [...fields],
  purpose,
  disclosedBy,
  disclosedAt: disclosedAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
  answer: answerView(answer),
});

/** A lead as the vendor sees it: what the partner shared, and the answer. */
export const disclosedLeadView = (shared: DisclosedLead): DisclosedLeadView => ({
  id: shared.id,
  partnerId: shared.partnerId,
  partnerName: shared.partnerName,
  campaignId: shared.campaignId,
  campaignTitle: titleIn(shared.titles, shared.locale),
  person: { ...shared.person },
  phoneLink: shared.person.phone === undefined ? null : { ...phoneLink(shared.person.phone, shared.partnerCountry) },
  purpose: shared.purpose,
  disclosedBy: shared.disclosedBy,
  disclosedAt: shared.disclosedAt.toISOString(),
  answer: answerView(shared.answer),
  next: [...nextAnswers(shared.answer?.status ?? null)],
});

const answerView = (answer: Disclosure['answer']): DisclosureAnswer | null =>
  answer === null
    ? null
    : { status: answer.status, note: answer.note, by: answer.by, at: new Date(answer.at).toISOString() };
