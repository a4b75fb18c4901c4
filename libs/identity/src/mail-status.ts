/** What is known of the letter of an invitation. */
export interface MailStatus {
  /** When the mail server took the letter; whether it reached anybody it does not tell. */
  readonly submittedAt: Date | null;
  /** Why the mail server has not taken it so far. */
  readonly refusal: string | null;
  /** When it came back although the mail server had taken it, and why; null while it has not. */
  readonly bouncedAt: Date | null;
  readonly bounceReason: string | null;
}

/** Its columns in `identity.invitation`. */
export const MAIL_STATUS_COLUMNS = `submitted_at, refusal, bounced_at, bounce_reason`;
