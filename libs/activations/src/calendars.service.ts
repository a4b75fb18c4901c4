import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';
import { CountryHolidays, hasHolidayRegion, type PartnerCalendar } from '#sequencing';

/** The days that a partner closes, with what it calls them. */
export interface NamedCalendar extends PartnerCalendar {
  readonly blackouts: readonly (PartnerCalendar['blackouts'][number] & { readonly name?: string | undefined })[];
  /** By country and date, of dates that are holidays there. */
  readonly holidayNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Absent: the partner sends on them. */
  readonly publicHolidays?: CountryHolidays | undefined;
}

/** What a partner says of its closed days. */
export interface CalendarInput extends Omit<NamedCalendar, 'publicHolidays'> {
  /** Whether public holidays are closed; absent: as the installation has it. */
  readonly closesPublicHolidays?: boolean | undefined;
  /** Of the partner's country, such as BY; null: none. */
  readonly holidayRegion: string | null;
}

/** As stored. */
export interface StoredCalendar extends NamedCalendar {
  readonly holidayRegion: string | null;
  /** Of the partner, ISO 3166-1. */
  readonly country: string;
  /** Counts its changes; 0 where nothing was ever said. */
  readonly version: number;
}

interface Row extends Omit<StoredCalendar, 'publicHolidays' | 'version' | 'country'> {
  readonly version: number | null;
  readonly closesPublicHolidays: boolean | null;
  readonly countryCode: string;
}

const OPEN = { blackouts: [], holidays: {}, holidayNames: {}, holidayRegion: null, version: 0 };

/** Days without mail of a partner, in any campaign. */
@Injectable()
export class Calendars {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_HOLIDAYS'>,
  ) {}

  /**
   * A partner's calendar, with public holidays unless it sends on them. Where it
   * has said nothing, these are the only closed days.
   */
  async get(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<StoredCalendar> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Row>(
        `SELECT c.blackouts, c.holidays, c.holiday_names, c.holiday_region, c.version, c.public_holidays AS closes_public_holidays, o.country_code
         FROM organisations.organisation_view o LEFT JOIN activations.calendar c ON c.partner_id = o.id WHERE o.id = $1`,
        [partnerId],
      ),
    );
    if (found === undefined) return { ...OPEN, country: '' };
    const { version, closesPublicHolidays, countryCode: country, ...days } = found;
    const said = version === null ? OPEN : { ...days, version };
    const publicHolidays = await this.publicHolidays(closesPublicHolidays, country, said.holidayRegion);
    return { ...said, country, publicHolidays };
  }

  /** A calendar that is not saved yet, as it would be read. */
  async complete(
    actor: PartnerActor,
    { closesPublicHolidays, holidayRegion, ...days }: CalendarInput,
  ): Promise<NamedCalendar> {
    const country = await this.countryOf(actor);
    const closes = closesPublicHolidays ?? null;
    return { ...days, publicHolidays: await this.publicHolidays(closes, country, holidayRegion) };
  }

  private async countryOf(actor: PartnerActor): Promise<string> {
    const [own] = await this.database.inTransaction(actor, () =>
      this.database.query<Pick<Row, 'countryCode'>>(
        'SELECT country_code FROM organisations.organisation_view WHERE id = $1',
        [actor.partnerId],
      ),
    );
    return own?.countryCode ?? '';
  }

  private async publicHolidays(
    closes: boolean | null,
    country: string,
    region: string | null,
  ): Promise<CountryHolidays | undefined> {
    return (closes ?? this.config.PUBLIC_HOLIDAYS) ? CountryHolidays.load(country, region) : undefined;
  }

  private async requireRegion(actor: PartnerActor, region: string): Promise<void> {
    const country = await this.countryOf(actor);
    if (!(await hasHolidayRegion(country, region))) throw regionUnknown(country, region);
  }

  /**
   * Replaces the calendar.
   * Mail due on a closed day waits for the next open one.
   * Mail postponed because of a day that is open again stays postponed.
   * @param basedOn version that was edited; null: replace any.
   * @throws DomainError `calendar.stale` where another user saved first,
   *   `calendar.region-unknown`.
   */
  async set(
    actor: PartnerActor,
    { blackouts, holidays, holidayNames, closesPublicHolidays, holidayRegion }: CalendarInput,
    basedOn: number | null = null,
  ): Promise<void> {
    requirePermission(actor, 'activations.control');
    if (holidayRegion !== null) await this.requireRegion(actor, holidayRegion);
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`calendar ${actor.partnerId}`);
      const { version } = await this.get(actor, actor.partnerId);
      if (basedOn !== null && basedOn !== version) throw stale(version);
      await this.database.query(
        `INSERT INTO activations.calendar (partner_id, blackouts, holidays, holiday_names, changed_at, public_holidays, holiday_region)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (partner_id) DO UPDATE SET blackouts = excluded.blackouts, holidays = excluded.holidays, holiday_names = excluded.holiday_names,
           changed_at = excluded.changed_at, public_holidays = excluded.public_holidays,
           holiday_region = excluded.holiday_region, version = calendar.version + 1`,
        [
          actor.partnerId,
          ...[blackouts, holidays, holidayNames].map((said) => JSON.stringify(said)),
          this.clock.now(),
          closesPublicHolidays ?? null,
          holidayRegion,
        ],
      );
      await this.audit.record(actor, {
        action: 'calendar.changed',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: {
          blackouts,
          holidays,
          holidayNames,
          ...(closesPublicHolidays === undefined ? {} : { publicHolidays: closesPublicHolidays }),
          ...(holidayRegion === null ? {} : { holidayRegion }),
        },
      });
    });
  }
}

function regionUnknown(country: string, region: string): DomainError {
  return new DomainError(
    'calendar.region-unknown',
    `“${region}” is no region of ${country} with holidays of its own. GET /calendar/public-holidays lists them.`,
    { field: 'holidayRegion', country, region },
  );
}

function stale(version: number): DomainError {
  return new DomainError(
    'calendar.stale',
    'Another user changed the closed days meanwhile. Reload them, repeat your change, and save.',
    { version },
    { kind: 'stale' },
  );
}
