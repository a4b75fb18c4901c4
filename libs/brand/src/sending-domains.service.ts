import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import type { SigningKey } from '#mailer';
import { editorOf, partnerOf } from './authority.js';
import { DkimKeys } from './dkim-keys.service.js';
import { DnsLookup } from './dns-lookup.adapter.js';
import {
  dmarcNames,
  type DomainRecord,
  fixOf,
  judgeDmarc,
  judgeKey,
  judgeReturnPath,
  judgeSpf,
  type PublishedKey,
  type RecordFinding,
  recordsOf,
  returnHostOf,
} from './domain-records.js';
import { checkedDomain, checkedLocal, nextCheckAt, type SendingDomainState, standingAfter } from './sending-domain.js';

/** A record as it has to stand in DNS, and what the last check found; null before the first. */
interface CheckedRecord extends DomainRecord {
  readonly finding: RecordFinding | null;
  /** What to do, or null where nothing is. */
  readonly fix: string | null;
}

/** A partner's own domain to send from. */
export interface SendingDomain {
  readonly domain: string;
  readonly fromAddress: string;
  readonly state: SendingDomainState;
  readonly stateSince: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  readonly records: readonly CheckedRecord[];
}

/** What a verified domain brings to each message. */
export interface DomainInUse {
  readonly fromAddress: string;
  readonly returnHost: string;
  readonly state: SendingDomainState;
  readonly signingKeys: readonly SigningKey[];
}

/** A domain that changed its state in a check. */
export interface DomainChange {
  readonly partnerId: PartnerId;
  readonly from: SendingDomainState;
  readonly domain: SendingDomain;
}

interface Row {
  readonly partnerId: PartnerId;
  readonly domain: string;
  readonly fromLocal: string;
  readonly state: SendingDomainState;
  readonly findings: readonly RecordFinding[];
  readonly chosenAt: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  readonly stateSince: Date;
  readonly unreachableSince: Date | null;
}

const COLUMNS = `partner_id AS "partnerId", domain, from_local AS "fromLocal", state, findings, chosen_at AS "chosenAt", checked_at AS "checkedAt",
  next_check_at AS "nextCheckAt", state_since AS "stateSince", unreachable_since AS "unreachableSince"`;
const SWEEP = systemActor('sending-domains');
/** Checked in one go; each is some questions to name servers. */
const PAGE = 20;
/** Whoever claimed a domain for a check and died: another process looks at it after this. */
const CLAIM_MS = 60_000;

/** Partners' own domains: chosen, shown with their exact records, checked before use and as long as they are used. */
@Injectable()
export class SendingDomains {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly keys: DkimKeys,
    private readonly dns: DnsLookup,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** @returns null while the partner sends from the mail domain. */
  async get(actor: Actor): Promise<SendingDomain | null> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const row = await this.row(partnerId);
      return row === null ? null : this.shown(row);
    });
  }

  /**
   * Chooses a domain and makes its keys; another one takes the place of the one before. It is not used until it is verified.
   * @throws DomainError `sending-domain.invalid`, `.freemail`, `.platform`, `.from-invalid`
   */
  async choose(actor: PartnerActor, input: { domain: string; fromLocal: string }): Promise<SendingDomain> {
    const partnerId = editorOf(actor);
    const domain = checkedDomain(input.domain, this.config.MAIL_DOMAIN);
    const fromLocal = checkedLocal(input.fromLocal);
    return this.database.inTransaction(actor, async () => {
      const before = await this.row(partnerId);
      if (before?.domain === domain) await this.rename(partnerId, fromLocal);
      else await this.begin(partnerId, domain, fromLocal);
      await this.audit.record(actor, {
        action: 'sending-domain.chosen',
        subject: { kind: 'sending-domain', id: partnerId },
        details: { domain, fromLocal, before: before?.domain ?? null },
      });
      return this.shown(await this.existing(partnerId));
    });
  }

  /** Goes back to the mail domain. @throws DomainError `sending-domain.not-found` */
  async remove(actor: PartnerActor): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      const { domain } = await this.existing(partnerId);
      await this.database.query('DELETE FROM brand.sending_domain WHERE partner_id = $1', [partnerId]);
      await this.audit.record(actor, {
        action: 'sending-domain.removed',
        subject: { kind: 'sending-domain', id: partnerId },
        details: { domain },
      });
    });
  }

  /**
   * Asks DNS now, for somebody of the partner who may change it.
   * @param then joins the transaction of a process that writes a change of state.
   * @throws DomainError `brand.forbidden`, `sending-domain.not-found`
   */
  async checkNow(actor: PartnerActor, then: (change: DomainChange) => Promise<void>): Promise<SendingDomain> {
    return this.check(editorOf(actor), then);
  }

  /** Checks what is due, in any number of processes at once. @returns whether there may be more. */
  async checkDue(then: (change: DomainChange) => Promise<void>): Promise<boolean> {
    const now = this.clock.now();
    const due = await this.database.inTransaction(SWEEP, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `UPDATE brand.sending_domain SET next_check_at = $2 WHERE partner_id IN (
           SELECT partner_id FROM brand.sending_domain WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING partner_id AS "partnerId"`,
        [now, new Date(now.getTime() + CLAIM_MS), PAGE],
      ),
    );
    for (const { partnerId } of due) await this.checkOne(partnerId, then);
    return due.length === PAGE;
  }

  /** What the domain of the partner in scope brings to a message; null where none was ever verified. In the open transaction. */
  async inUse(partnerId: PartnerId): Promise<DomainInUse | null> {
    const row = await this.row(partnerId);
    if (row === null || row.state === 'pending') return null;
    const { domain, fromLocal, state, chosenAt } = row;
    const signingKeys = await this.keys.signing(partnerId, domain, chosenAt.toISOString());
    return { fromAddress: `${fromLocal}@${domain}`, returnHost: returnHostOf(domain), state, signingKeys };
  }

  /** States of partners' domains, for who may know no more. */
  async states(partnerIds: readonly PartnerId[]): Promise<Map<PartnerId, SendingDomainState>> {
    const rows = await this.database.inTransaction(SWEEP, () =>
      this.database.query<{ partnerId: PartnerId; state: SendingDomainState }>(
        'SELECT partner_id AS "partnerId", state FROM brand.sending_domain WHERE partner_id = ANY ($1)',
        [partnerIds],
      ),
    );
    return new Map(rows.map(({ partnerId, state }) => [partnerId, state]));
  }

  private async check(partnerId: PartnerId, then: (change: DomainChange) => Promise<void>): Promise<SendingDomain> {
    const actor = systemActor('sending-domains', { partnerId });
    const { row, keys } = await this.database.inTransaction(actor, async () => ({
      row: await this.existing(partnerId),
      keys: await this.keys.published(partnerId),
    }));
    // Outside of any transaction: name servers take their time.
    const findings = await this.ask(row.domain, keys);
    return this.database.inTransaction(actor, () => this.write(actor, row, findings, then));
  }

  private async checkOne(partnerId: PartnerId, then: (change: DomainChange) => Promise<void>): Promise<void> {
    try {
      await this.check(partnerId, then);
    } catch (error) {
      // Removed since it was claimed.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async ask(domain: string, keys: readonly PublishedKey[]): Promise<RecordFinding[]> {
    const returnHost = returnHostOf(domain);
    const found = await Promise.all([
      ...keys.map(async (key) => judgeKey(key, await this.dns.texts(`${key.selector}._domainkey.${domain}`))),
      this.dns.aliases(returnHost).then((answer) => judgeReturnPath(this.config.MAIL_DOMAIN, answer)),
      this.dns.texts(returnHost).then(judgeSpf),
    ]);
    const policies = await Promise.all(dmarcNames(domain).map((name) => this.dns.texts(name)));
    return [...found, judgeDmarc(policies)];
  }

  private async write(
    actor: SystemActor,
    asked: Row,
    findings: readonly RecordFinding[],
    then: (change: DomainChange) => Promise<void>,
  ): Promise<SendingDomain> {
    const now = this.clock.now();
    const before = await this.existing(asked.partnerId, 'FOR UPDATE');
    // Another domain was chosen while this one was looked up: what was found is about none of ours.
    if (before.domain !== asked.domain || before.chosenAt.getTime() !== asked.chosenAt.getTime())
      return this.shown(before);
    const { state, unreachableSince } = standingAfter(before, findings, now);
    const next = nextCheckAt(state, before.chosenAt, now);
    await this.database.query(
      `UPDATE brand.sending_domain SET state = $2, findings = $3, checked_at = $4, next_check_at = $5, unreachable_since = $6,
         state_since = CASE WHEN state = $2 THEN state_since ELSE $4 END WHERE partner_id = $1`,
      [asked.partnerId, state, JSON.stringify(findings), now, next, unreachableSince],
    );
    const domain = await this.shown(await this.existing(asked.partnerId));
    if (state !== before.state) {
      await this.audit.record(actor, {
        action: `sending-domain.${state}`,
        subject: { kind: 'sending-domain', id: asked.partnerId },
        partnerId: asked.partnerId,
        details: { domain: domain.domain, problems: findings.filter(({ problem }) => problem !== null) },
      });
      await then({ partnerId: asked.partnerId, from: before.state, domain });
    }
    return domain;
  }

  private async begin(partnerId: PartnerId, domain: string, fromLocal: string): Promise<void> {
    await this.database.query('DELETE FROM brand.sending_domain WHERE partner_id = $1', [partnerId]);
    const now = this.clock.now();
    await this.database.query(
      `INSERT INTO brand.sending_domain (partner_id, domain, from_local, state, findings, chosen_at, next_check_at, state_since)
       VALUES ($1, $2, $3, 'pending', '[]', $4, $5, $4)`,
      [partnerId, domain, fromLocal, now, nextCheckAt('pending', now, now)],
    );
    await this.keys.make(partnerId);
  }

  private async rename(partnerId: PartnerId, fromLocal: string): Promise<void> {
    await this.database.query('UPDATE brand.sending_domain SET from_local = $2 WHERE partner_id = $1', [
      partnerId,
      fromLocal,
    ]);
  }

  private async row(partnerId: PartnerId, lock: '' | 'FOR UPDATE' = ''): Promise<Row | null> {
    const [row] = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM brand.sending_domain WHERE partner_id = $1 ${lock}`,
      [partnerId],
    );
    return row ?? null;
  }

  private async existing(partnerId: PartnerId, lock: '' | 'FOR UPDATE' = ''): Promise<Row> {
    const row = await this.row(partnerId, lock);
    if (row !== null) return row;
    throw new DomainError(
      'sending-domain.not-found',
      'You have chosen no sending domain. Choose one first.',
      {},
      { kind: 'not-found' },
    );
  }

  private async shown(row: Row): Promise<SendingDomain> {
    const { domain, fromLocal, state, stateSince, checkedAt, findings } = row;
    const records = recordsOf(domain, await this.keys.published(row.partnerId), this.config.MAIL_DOMAIN);
    return {
      ...{ domain, fromAddress: `${fromLocal}@${domain}`, state, stateSince, checkedAt, nextCheckAt: row.nextCheckAt },
      records: records.map((record) => {
        const finding = findings.find(({ purpose }) => purpose === record.purpose) ?? null;
        return { ...record, finding, fix: finding === null ? null : fixOf(finding, record) };
      }),
    };
  }
}
