import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';
import type { PartnerCalendar } from '#sequencing';

/** The days that a partner closes, with what it calls them. */
export interface NamedCalendar extends PartnerCalendar {
  readonly blackouts: readonly (PartnerCalendar['blackouts'][number] & { readonly name?: string | undefined })[];
  /** By country and date, of dates that are holidays there. */
  readonly holidayNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** As stored. */
export interface StoredCalendar extends NamedCalendar {
  /** Counts its changes; 0 where nothing was ever said. */
  readonly version: number;
}

const OPEN: StoredCalendar = { blackouts: [], holidays: {}, holidayNames: {}, version: 0 };

/** Days without mail of a partner, in any campaign. */
@Injectable()
export class Calendars {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A partner's calendar; empty where it has said nothing. */
  async get(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<StoredCalendar> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<StoredCalendar>(
        'SELECT blackouts, holidays, holiday_names, version FROM activations.calendar WHERE partner_id = $1',
        [partnerId],
      ),
    );
    return found ?? OPEN;
  }

  /**
   * Replaces the calendar.
   * Mail due on a closed day waits for the next open one.
   * Mail postponed because of a day that is open again stays postponed.
   * @param basedOn version that was edited; null: replace any.
   * @throws DomainError `calendar.stale` where another user saved first.
   */
  async set(
    actor: PartnerActor,
    { blackouts, holidays, holidayNames }: NamedCalendar,
    basedOn: number | null = null,
  ): Promise<void> {
    requirePermission(actor, 'activations.control');
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`calendar ${actor.partnerId}`);
      const { version } = await this.get(actor, actor.partnerId);
      if (basedOn !== null && basedOn !== version) throw stale(version);
      await this.database.query(
        `INSERT INTO activations.calendar (partner_id, blackouts, holidays, holiday_names, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (partner_id) DO UPDATE SET blackouts = excluded.blackouts, holidays = excluded.holidays, holiday_names = excluded.holiday_names,
           changed_at = excluded.changed_at, version = calendar.version + 1`,
        [actor.partnerId, ...[blackouts, holidays, holidayNames].map((said) => JSON.stringify(said)), this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'calendar.changed',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: { blackouts, holidays, holidayNames },
      });
    });
  }
}

function stale(version: number): DomainError {
  return new DomainError(
    'calendar.stale',
    'Another user changed the closed days meanwhile. Reload them, repeat your change, and save.',
    { version },
    { kind: 'stale' },
  );
}
