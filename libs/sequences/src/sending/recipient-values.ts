import type { ContactForSending } from '#contacts';
import type { RecipientValues } from '#rendering';

/**
 * What a message may say of a contact. Field by field: what is pinned by the
 * seal is what stands here, and nothing else.
 */
export const recipientOf = (contact: ContactForSending, links: Record<string, string>): RecipientValues => ({
  firstName: contact.firstName,
  lastName: contact.lastName,
  company: contact.company,
  email: contact.email,
  industry: contact.industry,
  persona: contact.persona,
  stage: contact.stage,
  segment: contact.segment,
  country: contact.country,
  links,
});
