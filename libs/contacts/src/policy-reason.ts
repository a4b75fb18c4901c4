/**
 * Why the contact policy does not let a message go out: a closed list, each with its sentence. `contact-policy` is one word for
 * what another partner's or the platform's dealings with the address decide (a vendor's or the platform's suppression, the frequency
 * cap): said more exactly, a partner could read there what a person told somebody else.
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
