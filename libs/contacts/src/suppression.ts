import type { PartnerId, SuppressionId } from '#kernel';

export type SuppressionReason = 'unsubscribed' | 'complained' | 'bounced' | 'erased' | 'requested' | 'legal';
/**
 * Who asked for it: the contact (link, complaint), staff of the partner or
 * platform, or the mail provider (bounce).
 */
export type SuppressionSource = 'person' | 'staff' | 'provider';

/**
 * An address that this partner never mails.
 * After an erasure only its key is left.
 */
export interface Suppression {
  readonly id: SuppressionId;
  readonly partnerId: PartnerId;
  readonly keyVersion: number;
  readonly emailKey: Buffer;
  readonly email: string | null;
  readonly reason: SuppressionReason;
  readonly source: SuppressionSource;
  readonly suppressedAt: Date;
}
