import { Injectable } from '@nestjs/common';
import { SendingPreferences } from '#brand';
import { Database } from '#database';
import { ContactSendHistory } from '#delivery';
import { type ContactId, DAY_MS, type PartnerActor, type SystemActor } from '#kernel';
import { EmailsOfDay } from './emails-of-day.js';

/** The longest day, with room for two clocks. */
const LOOK_BACK_MS = 2 * DAY_MS;

/** Reads what contacts got today in several campaigns of a partner. */
@Injectable()
export class EmailsOfDayReader {
  constructor(
    private readonly database: Database,
    private readonly preferences: SendingPreferences,
    private readonly history: ContactSendHistory,
  ) {}

  /**
   * In the open transaction. Contacts in several campaigns are locked until it
   * ends: another process that sends to one of them waits for this decision.
   * Most contacts are in one campaign, so they cost one index look-up.
   */
  async lock(actor: SystemActor, contactIds: readonly ContactId[], now: Date): Promise<EmailsOfDay> {
    const { emailsPerDay } = await this.preferences.get(actor);
    if (emailsPerDay === null || contactIds.length === 0) return new EmailsOfDay(null, []);
    const several = await this.inSeveralCampaigns(contactIds);
    if (several.length === 0) return new EmailsOfDay(emailsPerDay, []);
    // One order in every process.
    await this.database.query(
      `SELECT pg_advisory_xact_lock(k) FROM (SELECT hashtextextended('emails of day ' || c, 0) AS k FROM unnest($1::text[]) c ORDER BY 1) t`,
      [several],
    );
    const since = new Date(now.getTime() - LOOK_BACK_MS);
    return new EmailsOfDay(emailsPerDay, await this.history.submittedSince(several, since));
  }

  /**
   * The same for a forecast: without locks, in the open transaction of the
   * partner's scope.
   */
  async read(actor: PartnerActor | SystemActor, contactIds: readonly ContactId[], now: Date): Promise<EmailsOfDay> {
    const { emailsPerDay } = await this.preferences.get(actor);
    if (emailsPerDay === null || contactIds.length === 0) return new EmailsOfDay(null, []);
    const since = new Date(now.getTime() - LOOK_BACK_MS);
    return new EmailsOfDay(emailsPerDay, await this.history.submittedSince(contactIds, since));
  }

  private async inSeveralCampaigns(contactIds: readonly ContactId[]): Promise<ContactId[]> {
    const rows = await this.database.query<{ id: ContactId }>(
      'SELECT contact_id AS id FROM sequences.enrolment WHERE contact_id = ANY ($1::uuid[]) GROUP BY 1 HAVING count(*) > 1',
      [contactIds],
    );
    return rows.map(({ id }) => id);
  }
}
