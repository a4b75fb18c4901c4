/**
 * Why the contact policy refuses a message: a closed list, each with its
 * sentence. `contact-policy` covers suppressions by vendor or platform, and the
 * frequency cap. A more exact reason would reveal to a partner what a contact
 * told another party.
 */
export const POLICY_REASONS = {
  'contact-gone': 'The contact was deleted or erased.',
  unsubscribed: 'The person does not want your mail any more.',
  suppressed: 'The address is on your suppression list.',
  'consent-unknown': 'It is not known on what basis you may write to this person. Record it on the contact.',
  'opt-in-pending':
    'The person has a mail with which to confirm that they want yours, and has not done so yet. They can fill in the form again for another.',
  'consent-expired': 'The basis on which you may write to this person has run out. Record a new one on the contact.',
  'contact-policy': 'Not sent: contact policy.',
} as const satisfies Record<string, string>;

export type PolicyReason = keyof typeof POLICY_REASONS;
