import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { type Actor, Clock, DomainError, type PartnerId, type SystemActor, systemActor } from '#kernel';
import { editorOf, partnerOf } from './authority.js';
import { DnsLookup } from './dns-lookup.adapter.js';
import {
  checkedHost,
  hostFix,
  type HostFinding,
  type HostProof,
  type HostRecord,
  hostRecord,
  checkHost,
  mailHostOf,
  provedByMailbox,
  unprovenHost,
  type WebsiteStatus,
} from './host-proof.js';
import { nextCheckAt, type SendingDomainState, statusAfter } from './sending-domain.js';

/** A host that a partner claims, with its record and the last check. */
export interface HostClaim {
  readonly host: string;
  readonly state: SendingDomainState;
  readonly stateSince: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  readonly record: HostRecord;
  readonly finding: HostFinding | null;
  /** What to do, or null where nothing is. */
  readonly fix: string | null;
}

interface Row {
  readonly partnerId: PartnerId;
  readonly host: string;
  readonly recordValue: string;
  readonly state: SendingDomainState;
  readonly finding: HostFinding | null;
  readonly claimedAt: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  readonly stateSince: Date;
  readonly unreachableSince: Date | null;
}

const COLUMNS = `partner_id, host, record_value, state, finding, claimed_at, checked_at,
  next_check_at, state_since, unreachable_since`;
const VERIFIED_HOSTS = systemActor('verified-hosts');
/** Checked in one go; each is a question to name servers. */
const PAGE = 20;
/** Another process checks a claim after this, if the first one died. */
const CLAIM_MS = 60_000;
/**
 * More hosts than any partner has.
 * It limits queries to other organisations' name servers.
 */
const MAX_CLAIMS = 20;

/**
 * A partner's own hosts and their evidence: a partner's links lead to no other
 * host.
 */
@Injectable()
export class VerifiedHosts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly dns: DnsLookup,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** All evidence of the partner in scope that holds now, the oldest first. */
  async proofs(actor: Actor): Promise<HostProof[]> {
    const partnerId = partnerOf(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<HostProof>(
        `SELECT 'mailbox' AS how, mail_host AS host, proved_at AS since FROM brand.mailbox_proof WHERE partner_id = $1
         UNION ALL SELECT 'sending-domain', domain, state_since FROM brand.sending_domain WHERE partner_id = $1 AND state = 'verified'
         UNION ALL SELECT 'dns', host, state_since FROM brand.host_claim WHERE partner_id = $1 AND state = 'verified'
         ORDER BY since, host`,
        [partnerId],
      ),
    );
    return rows.flatMap((proof) => {
      const host = proof.how === 'mailbox' ? provedByMailbox(proof.host, this.config.MAIL_DOMAIN) : proof.host;
      return host === null ? [] : [{ ...proof, host }];
    });
  }

  /**
   * Records the mailbox that accepted a partner's invitation: the link was sent
   * only there. Joins the open transaction of a process. A mailbox of a public
   * provider is recorded too, and proves nothing.
   */
  async recordMailbox(actor: SystemActor, partnerId: PartnerId, email: string): Promise<void> {
    const mailHost = mailHostOf(email);
    if (mailHost === null) return;
    await this.database.inTransaction(actor, () =>
      this.database.query(
        'INSERT INTO brand.mailbox_proof (partner_id, mail_host, proved_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [partnerId, mailHost, this.clock.now()],
      ),
    );
  }

  /**
   * The domain of an address if a company can own it; null for mailbox providers
   * and for the installation's own domain.
   */
  companyDomainOf(email: string): string | null {
    const mailHost = mailHostOf(email);
    return mailHost === null ? null : provedByMailbox(mailHost, this.config.MAIL_DOMAIN);
  }

  /**
   * Partners that have proved by DNS that the domain of an address, or one above
   * it, is theirs. A mailbox alone proves nothing here.
   */
  async ownersOf(email: string): Promise<PartnerId[]> {
    const labels = mailHostOf(email)?.split('.') ?? [];
    const domains = labels.map((_, at) => labels.slice(at).join('.'));
    const rows = await this.database.inTransaction(VERIFIED_HOSTS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT partner_id FROM brand.sending_domain WHERE domain = ANY ($1) AND state = 'verified'
         UNION SELECT partner_id FROM brand.host_claim WHERE host = ANY ($1) AND state = 'verified'`,
        [domains],
      ),
    );
    return rows.map(({ partnerId }) => partnerId);
  }

  /** Hosts that the partner claims, with their records. */
  async claims(actor: Actor): Promise<HostClaim[]> {
    const partnerId = partnerOf(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Row>(`SELECT ${COLUMNS} FROM brand.host_claim WHERE partner_id = $1 ORDER BY host`, [
        partnerId,
      ]),
    );
    return rows.map(shown);
  }

  /**
   * Claims a host and makes its record, once.
   * @param input without `www.`; one record covers both.
   * @throws DomainError `verified-host.invalid`, `.public-suffix`,
   *   `.mailbox-provider`, `.platform`, `.too-many`.
   */
  async claim(actor: Actor, input: string): Promise<HostClaim> {
    const partnerId = editorOf(actor);
    const host = checkedHost(input, this.config.MAIL_DOMAIN);
    return this.database.inTransaction(actor, async () => {
      const known = await this.row(partnerId, host);
      if (known !== null) return shown(known);
      await this.refuseTooMany(partnerId);
      const now = this.clock.now();
      await this.database.query(
        `INSERT INTO brand.host_claim (partner_id, host, record_value, state, claimed_at, next_check_at, state_since)
         VALUES ($1, $2, $3, 'pending', $4, $5, $4) ON CONFLICT DO NOTHING`,
        [partnerId, host, `throughline-host=${randomBytes(20).toString('hex')}`, now, nextCheckAt('pending', now, now)],
      );
      await this.record(actor, partnerId, 'claimed', host);
      return shown(await this.existing(partnerId, host));
    });
  }

  /**
   * Claims the host of a new website if nothing proves it. Drops the unproved
   * claim of the former website. Joins the open transaction. A host that cannot
   * be claimed is skipped: the profile shows that proof is missing, and an
   * explicit claim says why.
   */
  async claimWebsite(actor: Actor, before: WebsiteStatus, after: WebsiteStatus): Promise<void> {
    const partnerId = editorOf(actor);
    const [old, host] = [before, after].map((profile) => this.claimable(unprovenHost(profile)));
    if (old != null && old !== host)
      await this.database.query(
        `DELETE FROM brand.host_claim WHERE partner_id = $1 AND host = $2 AND state = 'pending'`,
        [partnerId, old],
      );
    if (host == null) return;
    const claims = await this.claims(actor);
    if (claims.length < MAX_CLAIMS) await this.claim(actor, host);
  }

  private claimable(host: string | null): string | null {
    try {
      return host === null ? null : checkedHost(host, this.config.MAIL_DOMAIN);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  /**
   * Withdraws a claim: the host is no longer the partner's, unless other
   * evidence proves it.
   * @throws DomainError `verified-host.not-found`.
   */
  async withdraw(actor: Actor, host: string): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.existing(partnerId, host);
      await this.database.query('DELETE FROM brand.host_claim WHERE partner_id = $1 AND host = $2', [partnerId, host]);
      await this.record(actor, partnerId, 'withdrawn', host);
    });
  }

  /**
   * Checks DNS now, for a user of the partner who may change it.
   * @throws DomainError `brand.forbidden`, `verified-host.not-found`.
   */
  async checkNow(actor: Actor, host: string): Promise<HostClaim> {
    return this.check(editorOf(actor), host);
  }

  /**
   * Checks due claims, in any number of processes at once.
   * @returns whether there may be more.
   */
  async checkDue(): Promise<boolean> {
    const now = this.clock.now();
    const due = await this.database.inTransaction(VERIFIED_HOSTS, () =>
      this.database.query<Pick<Row, 'partnerId' | 'host'>>(
        `UPDATE brand.host_claim SET next_check_at = $2 WHERE (partner_id, host) IN (
           SELECT partner_id, host FROM brand.host_claim WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING partner_id, host`,
        [now, new Date(now.getTime() + CLAIM_MS), PAGE],
      ),
    );
    for (const { partnerId, host } of due) await this.checkOne(partnerId, host);
    return due.length === PAGE;
  }

  private async checkOne(partnerId: PartnerId, host: string): Promise<void> {
    try {
      await this.check(partnerId, host);
    } catch (error) {
      // Withdrawn since it was taken.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async check(partnerId: PartnerId, host: string): Promise<HostClaim> {
    const actor = systemActor('verified-hosts', { partnerId });
    const asked = await this.database.inTransaction(actor, () => this.existing(partnerId, host));
    // Outside of any transaction: name servers take their time.
    const answer = await this.dns.texts(hostRecord(asked.host, asked.recordValue).name);
    const finding = checkHost(asked.recordValue, answer);
    return this.database.inTransaction(actor, () => this.saveCheck(actor, asked, finding));
  }

  private async saveCheck(actor: SystemActor, asked: Row, finding: HostFinding): Promise<HostClaim> {
    const now = this.clock.now();
    const { partnerId, host } = asked;
    const before = await this.existing(partnerId, host, 'FOR UPDATE');
    // Withdrawn and claimed again during the look-up: its result is for the
    // former record.
    if (before.recordValue !== asked.recordValue) return shown(before);
    const { state, unreachableSince } = statusAfter(before, [finding], now);
    await this.database.query(
      `UPDATE brand.host_claim SET state = $3, finding = $4, checked_at = $5, next_check_at = $6, unreachable_since = $7,
         state_since = CASE WHEN state = $3 THEN state_since ELSE $5 END WHERE partner_id = $1 AND host = $2`,
      [
        partnerId,
        host,
        state,
        JSON.stringify(finding),
        now,
        nextCheckAt(state, before.claimedAt, now),
        unreachableSince,
      ],
    );
    if (state !== before.state) await this.record(actor, partnerId, state, host);
    return shown(await this.existing(partnerId, host));
  }

  private async record(actor: Actor, partnerId: PartnerId, what: string, host: string): Promise<void> {
    await this.audit.record(actor, {
      action: `host-claim.${what}`,
      subject: { kind: 'host-claim', id: partnerId },
      details: { domain: host },
    });
  }

  private async refuseTooMany(partnerId: PartnerId): Promise<void> {
    await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('host-claim ' || $1, 0))`, [partnerId]);
    const claims = await this.database.query('SELECT 1 FROM brand.host_claim WHERE partner_id = $1', [partnerId]);
    if (claims.length >= MAX_CLAIMS)
      throw new DomainError(
        'verified-host.too-many',
        `More than ${MAX_CLAIMS} hosts are not possible. Remove one that you no longer need.`,
        { field: 'host' },
        { kind: 'conflict' },
      );
  }

  private async row(partnerId: PartnerId, host: string, lock: '' | 'FOR UPDATE' = ''): Promise<Row | null> {
    const [row] = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM brand.host_claim WHERE partner_id = $1 AND host = $2 ${lock}`,
      [partnerId, host],
    );
    return row ?? null;
  }

  private async existing(partnerId: PartnerId, host: string, lock: '' | 'FOR UPDATE' = ''): Promise<Row> {
    const row = await this.row(partnerId, host, lock);
    if (row !== null) return row;
    throw new DomainError(
      'verified-host.not-found',
      'This host is not in your list. Add it first to get its DNS record.',
      {},
      { kind: 'not-found' },
    );
  }
}

function shown(row: Row): HostClaim {
  const { host, state, stateSince, checkedAt, finding, recordValue } = row;
  const record = hostRecord(host, recordValue);
  return {
    host,
    state,
    stateSince,
    checkedAt,
    nextCheckAt: row.nextCheckAt,
    record,
    finding,
    fix: finding === null ? null : hostFix(finding, record),
  };
}
