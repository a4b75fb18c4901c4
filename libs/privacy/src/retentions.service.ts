import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { ContactImports, Contacts } from '#contacts';
import { type Retention, RETENTION_LIMITS } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  type ContactId,
  editVersion,
  requireCurrent,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  DAY_MS,
} from '#kernel';

const RETENTION = systemActor('retention');
/** In UTC, when few people are at work in Europe and America. */
const RUNS_AT = { hour: 3, minute: 20 } as const;
export const RETENTION_CRON = `${RUNS_AT.minute} ${RUNS_AT.hour} * * *`;
/** A preview needs no larger number, and counting is expensive. */
const MOST_COUNTED = 10_000;
/** Contacts that are removed in one transaction. */
const PAGE = 500;

const PLATFORM: Retention = {
  inactiveContactMonths: RETENTION_LIMITS.inactiveContactMonths.otherwise,
  importReportDays: RETENTION_LIMITS.importReportDays.otherwise,
};

/** The version of retention periods, for editors. */
export const retentionVersion = ({ inactiveContactMonths, importReportDays }: Retention): string =>
  editVersion([inactiveContactMonths, importReportDays]);

/** How many things went in one night. */
export interface RemovalCounts {
  readonly contacts: number;
  readonly importRows: number;
}

/** What is left out is as it holds. */
type RequestedPeriods = { readonly [Period in keyof Retention]?: Retention[Period] | undefined };

/** What will go, and what went. */
export interface RetentionPreview {
  readonly nextRunAt: Date;
  readonly atNextRun: RemovalCounts;
  readonly withinThirtyDays: RemovalCounts;
  /** Beyond this nothing is counted. */
  readonly most: number;
  readonly lastRun: (RemovalCounts & { readonly at: Date }) | null;
}

/**
 * Contacts without any activity since $2.
 * An open lead or activation keeps its contacts.
 */
const INACTIVE = `FROM contacts.contact_view c
  WHERE c.partner_id = $1 AND c.updated_at < $2
    AND NOT EXISTS (SELECT 1 FROM contacts.consent_record_view r WHERE r.contact_id = c.id AND r.recorded_at >= $2)
    AND NOT EXISTS (SELECT 1 FROM delivery.message_view m WHERE m.contact_id = c.id AND coalesce(m.settled_at, m.planned_at) >= $2)
    AND NOT EXISTS (SELECT 1 FROM engagement.interaction_view t WHERE t.contact_id = c.id AND t.at >= $2)
    AND NOT EXISTS (SELECT 1 FROM sequences.enrolment_view e JOIN activations.activation_view a ON a.id = e.activation_id
      WHERE e.contact_id = c.id AND a.status IN ('active', 'held'))
    AND NOT EXISTS (SELECT 1 FROM leads.lead_view l WHERE l.contact_id = c.id AND (l.status IN ('new', 'accepted', 'working') OR l.updated_at >= $2))`;

/** Retention periods of a partner. */
@Injectable()
export class Retentions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly imports: ContactImports,
  ) {}

  /** The partner's periods, or the platform's where it has chosen none. */
  async get(actor: PartnerActor | SystemActor): Promise<Retention> {
    const [own] = await this.database.inTransaction(actor, () =>
      this.database.query<Retention>(
        `SELECT inactive_contact_months, import_report_days FROM privacy.retention WHERE partner_id = $1`,
        [actor.partnerId],
      ),
    );
    return own ?? PLATFORM;
  }

  /**
   * @param periods within the platform's limits, checked by the contract and
   *   the table.
   * @param basedOn `retentionVersion` of the periods that were edited; null:
   *   replace any.
   * @throws DomainError `edit.stale`.
   */
  async set(actor: PartnerActor, periods: Retention, basedOn: string | null = null): Promise<Retention> {
    requirePermission(actor, 'contacts.edit');
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`retention periods ${actor.partnerId}`);
      requireCurrent(basedOn, retentionVersion(await this.get(actor)));
      await this.database.query(
        `INSERT INTO privacy.retention (partner_id, inactive_contact_months, import_report_days, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (partner_id) DO UPDATE SET inactive_contact_months = excluded.inactive_contact_months,
           import_report_days = excluded.import_report_days, changed_at = excluded.changed_at`,
        [actor.partnerId, periods.inactiveContactMonths, periods.importReportDays, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'retention.changed',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: { ...periods },
      });
    });
    return periods;
  }

  /** What the given or current periods would delete now. */
  async preview(actor: PartnerActor, asked: RequestedPeriods): Promise<RetentionPreview> {
    requirePermission(actor, 'contacts.read');
    const held = await this.get(actor);
    const periods = {
      inactiveContactMonths: asked.inactiveContactMonths ?? held.inactiveContactMonths,
      importReportDays: asked.importReportDays ?? held.importReportDays,
    };
    const now = this.clock.now();
    const nextRunAt = nextRunAfter(now);
    return this.database.inTransaction(actor, async () => {
      const [lastRun] = await this.database.query<RemovalCounts & { at: Date }>(
        'SELECT ran_at AS at, contacts, import_rows FROM privacy.retention_run WHERE partner_id = $1',
        [actor.partnerId],
      );
      return {
        nextRunAt,
        atNextRun: await this.countExpired(actor, periods, nextRunAt),
        withinThirtyDays: await this.countExpired(actor, periods, new Date(now.getTime() + 30 * DAY_MS)),
        most: MOST_COUNTED,
        lastRun: lastRun ?? null,
      };
    });
  }

  private async countExpired(actor: PartnerActor, periods: Retention, at: Date): Promise<RemovalCounts> {
    const { since, reportsBefore } = boundsAt(periods, at);
    const [quiet] = await this.database.query<{ contacts: number }>(
      `SELECT count(*)::int AS contacts FROM (SELECT 1 ${INACTIVE} LIMIT $3) counted`,
      [actor.partnerId, since, MOST_COUNTED],
    );
    const importRows = await this.imports.countReports(actor, reportsBefore, MOST_COUNTED);
    return { contacts: quiet?.contacts ?? 0, importRows };
  }

  /**
   * Deletes expired data of every partner.
   * Safe in all processes at once.
   */
  async runAll(): Promise<void> {
    const partners = await this.database.inTransaction(RETENTION, () =>
      this.database.query<{ id: PartnerId }>(
        `SELECT id FROM organisations.organisation_view WHERE kind = 'partner' ORDER BY id`,
      ),
    );
    for (const { id } of partners) await this.run(id);
  }

  /**
   * Deletes expired data of one partner, a page of contacts per transaction.
   */
  async run(partnerId: PartnerId): Promise<RemovalCounts> {
    const actor = systemActor('retention', { partnerId });
    const now = this.clock.now();
    const { since, reportsBefore } = boundsAt(await this.get(actor), now);
    let forgotten: RemovalCounts = { contacts: 0, importRows: await this.imports.deleteReports(actor, reportsBefore) };
    for (let removed = PAGE; removed === PAGE;) {
      removed = await this.removeInactive(actor, since);
      forgotten = { ...forgotten, contacts: forgotten.contacts + removed };
    }
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO privacy.retention_run (partner_id, ran_at, contacts, import_rows) VALUES ($1, $2, $3, $4)
         ON CONFLICT (partner_id) DO UPDATE SET ran_at = excluded.ran_at, contacts = excluded.contacts, import_rows = excluded.import_rows`,
        [partnerId, now, forgotten.contacts, forgotten.importRows],
      );
      if (forgotten.contacts + forgotten.importRows > 0)
        await this.audit.record(actor, {
          action: 'retention.ran',
          subject: { kind: 'organisation', id: partnerId },
          details: { ...forgotten },
        });
    });
    return forgotten;
  }

  private async removeInactive(actor: SystemActor, since: Date): Promise<number> {
    return this.database.inTransaction(actor, async () => {
      await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `retention ${actor.partnerId}`,
      ]);
      const quiet = await this.database.query<{ id: ContactId }>(`SELECT c.id ${INACTIVE} ORDER BY c.id LIMIT $3`, [
        actor.partnerId,
        since,
        PAGE,
      ]);
      for (const { id } of quiet) await this.contacts.remove(actor, id);
      return quiet.length;
    });
  }
}

/** What is older than this goes at a moment. */
const boundsAt = ({ inactiveContactMonths, importReportDays }: Retention, at: Date) => ({
  since: monthsBefore(at, inactiveContactMonths),
  reportsBefore: new Date(at.getTime() - importReportDays * DAY_MS),
});

function nextRunAfter(now: Date): Date {
  const next = new Date(now);
  next.setUTCHours(RUNS_AT.hour, RUNS_AT.minute, 0, 0);
  return next > now ? next : new Date(next.getTime() + DAY_MS);
}

/** The same day of an earlier month, or that month's last. */
function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() - months);
  if (then.getUTCDate() !== now.getUTCDate()) then.setUTCDate(0);
  return then;
}
