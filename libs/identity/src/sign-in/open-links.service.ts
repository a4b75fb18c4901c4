import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type UserId } from '#kernel';

/**
 * Single-use links and challenges of people. Each of them can give access to
 * the account, so that all end together when a person takes the account back.
 */
@Injectable()
export class OpenLinks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends all links and challenges of the user: to a new password, to a new
   * address, and of passkeys. Joins the open transaction.
   */
  async endAll(userId: UserId): Promise<void> {
    // The row stays: it counts to the mails that an account gets in an hour.
    await this.database.query(
      'UPDATE identity.password_reset SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL',
      [userId, this.clock.now()],
    );
    await this.database.query('DELETE FROM identity.email_change WHERE user_id = $1', [userId]);
    await this.database.query('DELETE FROM identity.passkey_challenge WHERE user_id = $1', [userId]);
  }
}
