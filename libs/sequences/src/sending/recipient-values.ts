import type { ContactForSending } from '#contacts';
import type { Locale } from '#kernel';
import { greetingOf, personName, type RecipientValues } from '#rendering';

/**
 * Recipient values that a message may contain. Fields are listed one by one,
 * because the seal pins exactly these.
 */
export const recipientOf = (
  contact: ContactForSending,
  links: Record<string, string>,
  locale: Locale,
): RecipientValues => ({
  firstName: personName(contact.firstName, contact.company),
  lastName: personName(contact.lastName, contact.company),
  greeting: greetingOf(contact, locale),
  phone: contact.phone,
  company: contact.company,
  email: contact.email,
  industry: contact.industry,
  persona: contact.persona,
  stage: contact.stage,
  segment: contact.segment,
  country: contact.country,
  links,
});
