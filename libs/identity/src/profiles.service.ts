import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { ProfileView, UserLanguage } from '#contracts';
import { Database } from '#database';
import { DomainError, isTimeZone, systemActor } from '#kernel';
import type { Session } from './session.js';
import { requirePersonName } from './person-name.js';

const ACCOUNTS = systemActor('accounts');

/** An absent field stays as it is. */
export interface ProfileChange {
  readonly name?: string | undefined;
  readonly language?: UserLanguage | undefined;
  readonly region?: string | null | undefined;
  readonly weekStartsOn?: ProfileView['weekStartsOn'] | undefined;
  /** IANA; null: that of the organisation. */
  readonly timeZone?: string | null | undefined;
}

/** A person's name, language and date format. They hold in each organisation. */
@Injectable()
export class Profiles {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  async get({ user }: Session): Promise<ProfileView> {
    return this.database.inTransaction(ACCOUNTS, () => this.read(user.id));
  }

  /**
   * The audit log of the session's organisation gets the changed fields.
   * @throws DomainError `account.name-invalid`, `account.time-zone-unknown`.
   */
  async change({ user, actor }: Session, change: ProfileChange): Promise<ProfileView> {
    if (change.name !== undefined) requirePersonName(change.name);
    return this.database.inTransaction(ACCOUNTS, async () => {
      if (change.timeZone != null) await this.requireTimeZone(change.timeZone);
      const before = await this.read(user.id, 'FOR UPDATE');
      const after: ProfileView = {
        name: change.name ?? before.name,
        language: change.language ?? before.language,
        region: change.region === undefined ? before.region : change.region,
        weekStartsOn: change.weekStartsOn === undefined ? before.weekStartsOn : change.weekStartsOn,
        timeZone: change.timeZone === undefined ? before.timeZone : change.timeZone,
      };
      const fields = (['name', 'language', 'region', 'weekStartsOn', 'timeZone'] as const).filter(
        (field) => before[field] !== after[field],
      );
      if (fields.length === 0) return after;
      await this.database.query(
        'UPDATE identity.user_account SET name = $2, locale = $3, region = $4, week_starts_on = $5, time_zone = $6 WHERE id = $1',
        [user.id, after.name, after.language, after.region, after.weekStartsOn, after.timeZone],
      );
      await this.audit.record(actor ?? ACCOUNTS, {
        action: 'profile.changed',
        subject: { kind: 'user', id: user.id },
        details: { fields, before: before.name, name: after.name },
      });
      return after;
    });
  }

  private async read(id: string, lock: '' | 'FOR UPDATE' = ''): Promise<ProfileView> {
    const [found] = await this.database.query<ProfileView>(
      `SELECT name, locale AS language, region, week_starts_on, time_zone FROM identity.user_account WHERE id = $1 ${lock}`,
      [id],
    );
    if (found === undefined) throw new Error('The account of a session does not exist.');
    return found;
  }

  /** A zone that the browser and PostgreSQL know: both count in it. */
  private async requireTimeZone(timeZone: string): Promise<void> {
    const known = await this.database.query('SELECT FROM pg_timezone_names WHERE lower(name) = lower($1)', [timeZone]);
    if (known.length > 0 && isTimeZone(timeZone)) return;
    throw new DomainError(
      'account.time-zone-unknown',
      `“${timeZone}” is no time zone. Use an IANA name, for example Europe/Berlin.`,
      { field: 'timeZone' },
    );
  }
}
