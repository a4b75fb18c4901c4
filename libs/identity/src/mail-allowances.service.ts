import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Clock, DAY_MS, systemActor } from '#kernel';

/**
 * E-mails that a stranger can cause, and how many of them an address gets in 24
 * hours, whichever accounts, partners or forms cause them.
 */
export const MAILS_A_DAY = {
  invitation: 10,
  /** The link that proves the address of a company that applies. */
  application: 5,
  'password-reset': 5,
  'email-change': 5,
  'opt-in': 5,
  /** A document that was asked for in a form. */
  document: 5,
  'form-notice': 50,
  /** Of a lead that came from a form and is still untouched. */
  'lead-reminder': 50,
  /** Of a campaign, caused by a colleague. */
  'test-mail': 50,
} as const;
export type LimitedMail = keyof typeof MAILS_A_DAY;

/**
 * Counts e-mails that strangers cause, by address. Addresses are keyed hashes.
 * Each kind has its own count: otherwise a refused invitation would tell of an
 * opt-in.
 */
@Injectable()
export class MailAllowances {
  private readonly key: Buffer;
  private readonly scale: number;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) { SECRET_KEY, RATE_LIMIT_SCALE }: Pick<Config, 'SECRET_KEY' | 'RATE_LIMIT_SCALE'>,
  ) {
    this.scale = RATE_LIMIT_SCALE;
    this.key = Buffer.from(hkdfSync('sha256', SECRET_KEY, '', 'throughline/identity/mail-allowance', 32));
  }

  /**
   * Reserves one e-mail to an address, in the open transaction.
   * @returns whether the address may get it.
   */
  async reserve(kind: LimitedMail, address: string): Promise<boolean> {
    const now = this.clock.now();
    const reserved = await this.database.query(
      `INSERT INTO identity.mail_allowance AS t (kind, email_key, sent) VALUES ($1, $2, ARRAY[$3::timestamptz])
       ON CONFLICT (kind, email_key) DO UPDATE SET sent = ARRAY(SELECT x FROM unnest(t.sent) x WHERE x > $4) || $3::timestamptz
       WHERE (SELECT count(*) FROM unnest(t.sent) x WHERE x > $4) < $5 RETURNING kind`,
      [kind, this.keyOf(address), now, new Date(now.getTime() - DAY_MS), Math.ceil(MAILS_A_DAY[kind] * this.scale)],
    );
    return reserved.length > 0;
  }

  /** Deletes counts that matter no more. */
  async deleteOld(): Promise<void> {
    await this.database.inTransaction(systemActor('mail-allowances'), () =>
      this.database.query(
        'DELETE FROM identity.mail_allowance WHERE NOT EXISTS (SELECT FROM unnest(sent) x WHERE x > $1)',
        [new Date(this.clock.now().getTime() - DAY_MS)],
      ),
    );
  }

  private keyOf(address: string): Buffer {
    return createHmac('sha256', this.key).update(address.trim().toLowerCase()).digest();
  }
}
