/** What is known of the letter of an invitation. */
export interface MailStatus {
  /** When the mail server accepted it; whether it was delivered is unknown. */
  readonly submittedAt: Date | null;
  /** Why the mail server has not taken it so far. */
  readonly refusal: string | null;
  /** When it bounced after acceptance, and why; null if it did not. */
  readonly bouncedAt: Date | null;
  readonly bounceReason: string | null;
}

/** Its columns in `identity.invitation`. */
export const MAIL_STATUS_COLUMNS = `submitted_at, refusal, bounced_at, bounce_reason`;
