import type { ContactForSending } from '#contacts';
import type { RecipientValues } from '#rendering';

/**
 * Recipient values that a message may contain. Fields are listed one by one,
 * because the seal pins exactly these.
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
