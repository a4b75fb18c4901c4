import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { Clock, DomainError, systemActor } from '#kernel';
import { DkimKeys } from './dkim-keys.service.js';
import type { DomainOwner } from './domain-owner.js';
import { type DomainRecord, fixOf, type RecordFinding, recordsOf } from './domain-records.js';
import { latestCheckAt, nextCheckAt, type SendingDomainState } from './sending-domain.js';

/**
 * A required DNS record, with the result of the last check; null before the
 * first.
 */
interface CheckedRecord extends DomainRecord {
  readonly finding: RecordFinding | null;
  /** What to do, or null where nothing is. */
  readonly fix: string | null;
}

/** A domain to send from, a partner's own or a vendor's for its partners. */
export interface SendingDomain {
  readonly domain: string;
  /**
   * Local part of From; null in a vendor's domain, which uses each partner's
   * short name.
   */
  readonly fromLocal: string | null;
  readonly state: SendingDomainState;
  readonly stateSince: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  /**
   * Of a vendor's domain: who receives mail to it, if not the installation.
   */
  readonly foreignMailHosts: string | null;
  readonly records: readonly CheckedRecord[];
}

export interface SendingDomainRow {
  readonly domain: string;
  readonly fromLocal: string | null;
  readonly state: SendingDomainState;
  readonly findings: readonly RecordFinding[];
  readonly chosenAt: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  readonly stateSince: Date;
  readonly unreachableSince: Date | null;
  readonly foreignMailHosts: string | null;
}

type CheckResult = Pick<
  SendingDomainRow,
  'state' | 'findings' | 'nextCheckAt' | 'unreachableSince' | 'foreignMailHosts'
> & {
  readonly checkedAt: Date;
};

const TABLES = {
  partner: { table: 'brand.sending_domain', owner: 'partner_id', fromLocal: 'from_local', foreignMailHosts: 'NULL' },
  vendor: {
    table: 'brand.vendor_domain',
    owner: 'vendor_id',
    fromLocal: 'NULL',
    foreignMailHosts: 'foreign_mail_hosts',
  },
} as const;
const COLUMNS = `domain, state, findings, chosen_at, checked_at,
  next_check_at, state_since, unreachable_since`;
const SENDING_DOMAINS = systemActor('sending-domains');
/** Checked in one go; each is some questions to name servers. */
export const CHECKS_PER_PAGE = 20;
/**
 * Another process checks a claimed domain after this, if the first one died.
 */
const CLAIM_MS = 60_000;

/**
 * Rows of sending domains. All methods but `claimDue` join the open
 * transaction.
 */
@Injectable()
export class SendingDomainStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: DkimKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** Owners whose domains are due for a check. No other process gets them for a minute. */
  async claimDue(kind: DomainOwner['kind']): Promise<DomainOwner[]> {
    const { table, owner } = TABLES[kind];
    const now = this.clock.now();
    const due = await this.database.inTransaction(SENDING_DOMAINS, () =>
      this.database.query<{ id: DomainOwner['id'] }>(
        `UPDATE ${table} SET next_check_at = $2 WHERE ${owner} IN (
           SELECT ${owner} FROM ${table} WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING ${owner} AS id`,
        [now, new Date(now.getTime() + CLAIM_MS), CHECKS_PER_PAGE],
      ),
    );
    return due.map(({ id }) => ({ kind, id }) as DomainOwner);
  }

  /** Stores a check. A changed state counts from now on. */
  async saveCheck(
    owner: DomainOwner,
    { state, findings, checkedAt, nextCheckAt: next, unreachableSince, foreignMailHosts }: CheckResult,
  ): Promise<void> {
    const at = TABLES[owner.kind];
    await this.database.query(
      `UPDATE ${at.table} SET state = $2, findings = $3, checked_at = $4, next_check_at = $5, unreachable_since = $6,
         state_since = CASE WHEN state = $2 THEN state_since ELSE $4 END WHERE ${at.owner} = $1`,
      [owner.id, state, JSON.stringify(findings), checkedAt, next, unreachableSince],
    );
    if (owner.kind === 'vendor')
      await this.database.query('UPDATE brand.vendor_domain SET foreign_mail_hosts = $2 WHERE vendor_id = $1', [
        owner.id,
        foreignMailHosts,
      ]);
  }

  /** Replaces the owner's domain, and makes its keys. */
  async insert(owner: DomainOwner, domain: string, fromLocal: string | null): Promise<void> {
    await this.remove(owner);
    const at = TABLES[owner.kind];
    const now = this.clock.now();
    const [column, place, value] = fromLocal === null ? ['', '', []] : [', from_local', ', $5', [fromLocal]];
    await this.database.query(
      `INSERT INTO ${at.table} (${at.owner}, domain, state, findings, chosen_at, next_check_at, state_since${column})
       VALUES ($1, $2, 'pending', '[]', $3, $4, $3${place})`,
      [owner.id, domain, now, nextCheckAt('pending', now, now), ...value],
    );
    await this.keys.make(owner);
  }

  async remove({ kind, id }: DomainOwner): Promise<void> {
    const { table, owner } = TABLES[kind];
    await this.database.query(`DELETE FROM ${table} WHERE ${owner} = $1`, [id]);
  }

  /** A partner's: a vendor's has no name before the @. */
  async rename({ id }: DomainOwner, fromLocal: string): Promise<void> {
    await this.database.query('UPDATE brand.sending_domain SET from_local = $2 WHERE partner_id = $1', [id, fromLocal]);
  }

  /** @returns null if the owner has chosen none. */
  async find({ kind, id }: DomainOwner, lock: '' | 'FOR UPDATE' = ''): Promise<SendingDomainRow | null> {
    const { table, owner, fromLocal, foreignMailHosts } = TABLES[kind];
    const [row] = await this.database.query<SendingDomainRow>(
      `SELECT ${fromLocal} AS from_local, ${foreignMailHosts} AS foreign_mail_hosts, ${COLUMNS} FROM ${table} WHERE ${owner} = $1 ${lock}`,
      [id],
    );
    return row ?? null;
  }

  /** @throws DomainError `sending-domain.not-found`. */
  async get(owner: DomainOwner, lock: '' | 'FOR UPDATE' = ''): Promise<SendingDomainRow> {
    const row = await this.find(owner, lock);
    if (row !== null) return row;
    throw new DomainError(
      'sending-domain.not-found',
      'You have chosen no sending domain. Choose one first.',
      {},
      { kind: 'not-found' },
    );
  }

  /** The domain with its required records and their last findings. */
  async shown(owner: DomainOwner, row: SendingDomainRow): Promise<SendingDomain> {
    const { domain, fromLocal, state, stateSince, checkedAt, findings, foreignMailHosts } = row;
    const records = recordsOf(domain, await this.keys.published(owner), this.config.MAIL_DOMAIN);
    return {
      domain,
      fromLocal,
      state,
      stateSince,
      checkedAt,
      nextCheckAt:
        owner.kind === 'vendor' && state === 'verified' && checkedAt !== null
          ? latestCheckAt(checkedAt)
          : row.nextCheckAt,
      foreignMailHosts,
      records: records.map((record) => {
        const finding = findings.find(({ purpose }) => purpose === record.purpose) ?? null;
        return { ...record, finding, fix: finding === null ? null : fixOf(finding, record) };
      }),
    };
  }
}
