import type { PartnerId, SuppressionId } from '#kernel';

export type SuppressionReason = 'unsubscribed' | 'complained' | 'bounced' | 'erased' | 'requested' | 'legal';
/** Who wanted it: the person (a link, a complaint), the partner's or the platform's staff, or the mail provider (a bounce). */
export type SuppressionSource = 'person' | 'staff' | 'provider';

/** An address that this partner never mails. After an erasure only the key is left of the address. */
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
