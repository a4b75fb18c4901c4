/**
 * Why the contact policy refuses a message: a closed list, each with its
 * sentence. `contact-policy` covers suppressions by vendor or platform, and the
 * frequency cap. A more exact reason would reveal to a partner what a contact
 * told another party.
 */
export const POLICY_REASONS = {
  'contact-gone': 'The contact was deleted or erased.',
  unsubscribed: 'The person unsubscribed from your e-mails.',
  suppressed: 'The address is on your do-not-mail list.',
  'consent-unknown': 'No permission is saved for this contact. Add it on the contact.',
  'opt-in-pending': 'The person has not confirmed the sign-up yet. Filling in the form again sends a new link.',
  'consent-expired': 'The permission has expired. Update it on the contact.',
  'contact-policy': 'Not sent: contact policy.',
} as const satisfies Record<string, string>;

export type PolicyReason = keyof typeof POLICY_REASONS;
