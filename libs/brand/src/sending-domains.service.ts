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
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { SigningKey } from '#mailer';
import { DkimKeys } from './dkim-keys.service.js';
import { DnsLookup } from './dns-lookup.adapter.js';
import { choosingOwner, type DomainOwner, ownerOf, processOf } from './domain-owner.js';
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
import { checkedDomain, checkedLocal, nextCheckAt, type SendingDomainState, statusAfter } from './sending-domain.js';

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
  readonly records: readonly CheckedRecord[];
}

/** What a verified domain brings to each message. */
export interface DomainInUse {
  readonly owner: DomainOwner['kind'];
  readonly domain: string;
  readonly fromLocal: string | null;
  readonly returnHost: string;
  readonly state: SendingDomainState;
  readonly signingKeys: readonly SigningKey[];
}

/** A vendor's sub-domain that was verified once. */
export interface VendorDomainInUse {
  readonly vendorId: VendorId;
  readonly domain: string;
  readonly state: Exclude<SendingDomainState, 'pending'>;
}

/** A domain that changed its state in a check. */
export interface DomainChange {
  readonly owner: DomainOwner;
  readonly from: SendingDomainState;
  readonly domain: SendingDomain;
}

interface Row {
  readonly domain: string;
  readonly fromLocal: string | null;
  readonly state: SendingDomainState;
  readonly findings: readonly RecordFinding[];
  readonly chosenAt: Date;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date;
  readonly stateSince: Date;
  readonly unreachableSince: Date | null;
}

const KINDS = ['partner', 'vendor'] as const;
const TABLES = {
  partner: { table: 'brand.sending_domain', owner: 'partner_id', fromLocal: 'from_local' },
  vendor: { table: 'brand.vendor_domain', owner: 'vendor_id', fromLocal: 'NULL' },
} as const;
const COLUMNS = `domain, state, findings, chosen_at, checked_at,
  next_check_at, state_since, unreachable_since`;
const SENDING_DOMAINS = systemActor('sending-domains');
/** Checked in one go; each is some questions to name servers. */
const PAGE = 20;
/**
 * Another process checks a claimed domain after this, if the first one died.
 */
const CLAIM_MS = 60_000;

/**
 * Sending domains of partners, and of vendors for their partners.
 * Chosen, shown with their exact records, checked before and during use.
 */
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

  /** @returns null while the organisation has chosen none. */
  async get(actor: Actor): Promise<SendingDomain | null> {
    const owner = ownerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const row = await this.row(owner);
      return row === null ? null : this.shown(owner, row);
    });
  }

  /**
   * Chooses a domain and makes its keys; it replaces an earlier one. It is not
   * used until verified.
   * @param input.fromLocal for partners only: a vendor's domain has one name
   *   per partner.
   * @throws DomainError `brand.forbidden`, `sending-domain.invalid`,
   *   `.freemail`, `.platform`, `.from-invalid`.
   */
  async choose(
    actor: PartnerActor | VendorActor,
    input: { readonly domain: string; readonly fromLocal?: string },
  ): Promise<SendingDomain> {
    const owner = choosingOwner(actor);
    const domain = checkedDomain(input.domain, this.config.MAIL_DOMAIN);
    const fromLocal = owner.kind === 'vendor' ? null : checkedLocal(input.fromLocal ?? '');
    return this.database.inTransaction(actor, async () => {
      const before = await this.row(owner);
      if (before?.domain !== domain) await this.insert(owner, domain, fromLocal);
      else if (fromLocal !== null) await this.rename(owner, fromLocal);
      await this.audit.record(actor, {
        action: 'sending-domain.chosen',
        subject: { kind: 'sending-domain', id: owner.id },
        details: { domain, fromLocal, before: before?.domain ?? null },
      });
      return this.shown(owner, await this.existing(owner));
    });
  }

  /**
   * Returns to the mail domain.
   * @throws DomainError `brand.forbidden`, `sending-domain.not-found`.
   */
  async remove(actor: PartnerActor | VendorActor): Promise<void> {
    const owner = choosingOwner(actor);
    await this.database.inTransaction(actor, async () => {
      const { domain } = await this.existing(owner);
      await this.delete(owner);
      await this.audit.record(actor, {
        action: 'sending-domain.removed',
        subject: { kind: 'sending-domain', id: owner.id },
        details: { domain },
      });
    });
  }

  /**
   * Checks DNS now, for a user of the owner who may change it.
   * @param then joins the transaction that stores a change of state.
   * @throws DomainError `brand.forbidden`, `sending-domain.not-found`.
   */
  async checkNow(
    actor: PartnerActor | VendorActor,
    then: (change: DomainChange) => Promise<void>,
  ): Promise<SendingDomain> {
    return this.check(choosingOwner(actor), then);
  }

  /**
   * Checks due domains, in any number of processes at once.
   * @returns whether there may be more.
   */
  async checkDue(then: (change: DomainChange) => Promise<void>): Promise<boolean> {
    let isMore = false;
    for (const kind of KINDS) {
      const due = await this.claimDue(kind);
      for (const owner of due) await this.checkOne(owner, then);
      isMore ||= due.length === PAGE;
    }
    return isMore;
  }

  /**
   * The domain of a partner's message, else its vendor's; null if none was ever
   * verified. Joins the open transaction of the partner's scope.
   * @param signs whether its keys are decrypted: only for a sending process.
   */
  async inUse(partnerId: PartnerId, vendorId: VendorId, signs: boolean): Promise<DomainInUse | null> {
    const owners: readonly DomainOwner[] = [
      { kind: 'partner', id: partnerId },
      { kind: 'vendor', id: vendorId },
    ];
    for (const owner of owners) {
      const row = await this.row(owner);
      if (row === null || row.state === 'pending') continue;
      const { domain, fromLocal, state, chosenAt } = row;
      const signingKeys = signs ? await this.keys.signing(owner, domain, chosenAt.toISOString()) : [];
      return { owner: owner.kind, domain, fromLocal, returnHost: returnHostOf(domain), state, signingKeys };
    }
    return null;
  }

  /**
   * Vendors' sub-domains that send the partner's mail while it has no domain of
   * its own.
   */
  async ofVendors(actor: PartnerActor): Promise<VendorDomainInUse[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<VendorDomainInUse>(
        `SELECT vendor_id, domain, state FROM brand.vendor_domain WHERE state <> 'pending' ORDER BY domain`,
      ),
    );
  }

  /** States of partners' domains, for who may know no more. */
  async states(partnerIds: readonly PartnerId[]): Promise<Map<PartnerId, SendingDomainState>> {
    const rows = await this.database.inTransaction(SENDING_DOMAINS, () =>
      this.database.query<{ partnerId: PartnerId; state: SendingDomainState }>(
        'SELECT partner_id, state FROM brand.sending_domain WHERE partner_id = ANY ($1)',
        [partnerIds],
      ),
    );
    return new Map(rows.map(({ partnerId, state }) => [partnerId, state]));
  }

  private async claimDue(kind: DomainOwner['kind']): Promise<DomainOwner[]> {
    const { table, owner } = TABLES[kind];
    const now = this.clock.now();
    const due = await this.database.inTransaction(SENDING_DOMAINS, () =>
      this.database.query<{ id: DomainOwner['id'] }>(
        `UPDATE ${table} SET next_check_at = $2 WHERE ${owner} IN (
           SELECT ${owner} FROM ${table} WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING ${owner} AS id`,
        [now, new Date(now.getTime() + CLAIM_MS), PAGE],
      ),
    );
    return due.map(({ id }) => ({ kind, id }) as DomainOwner);
  }

  private async check(owner: DomainOwner, then: (change: DomainChange) => Promise<void>): Promise<SendingDomain> {
    const actor = processOf('sending-domains', owner);
    const { row, keys } = await this.database.inTransaction(actor, async () => ({
      row: await this.existing(owner),
      keys: await this.keys.published(owner),
    }));
    // Outside of any transaction: name servers take their time.
    const findings = await this.checkRecords(row.domain, keys);
    return this.database.inTransaction(actor, () => this.saveCheck(actor, { owner, row }, findings, then));
  }

  private async checkOne(owner: DomainOwner, then: (change: DomainChange) => Promise<void>): Promise<void> {
    try {
      await this.check(owner, then);
    } catch (error) {
      // Removed since it was claimed.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async checkRecords(domain: string, keys: readonly PublishedKey[]): Promise<RecordFinding[]> {
    const returnHost = returnHostOf(domain);
    const found = await Promise.all([
      ...keys.map(async (key) => judgeKey(key, await this.dns.texts(`${key.selector}._domainkey.${domain}`))),
      this.dns.aliases(returnHost).then((answer) => judgeReturnPath(this.config.MAIL_DOMAIN, answer)),
      this.dns.texts(returnHost).then(judgeSpf),
    ]);
    const policies = await Promise.all(dmarcNames(domain).map((name) => this.dns.texts(name)));
    return [...found, judgeDmarc(policies)];
  }

  private async saveCheck(
    actor: SystemActor,
    { owner, row: asked }: { readonly owner: DomainOwner; readonly row: Row },
    findings: readonly RecordFinding[],
    then: (change: DomainChange) => Promise<void>,
  ): Promise<SendingDomain> {
    const at = TABLES[owner.kind];
    const now = this.clock.now();
    const before = await this.existing(owner, 'FOR UPDATE');
    // Another domain was chosen during the look-up: its result is for the
    // former one.
    if (before.domain !== asked.domain || before.chosenAt.getTime() !== asked.chosenAt.getTime())
      return this.shown(owner, before);
    const { state, unreachableSince } = statusAfter(before, findings, now);
    const next = nextCheckAt(state, before.chosenAt, now);
    await this.database.query(
      `UPDATE ${at.table} SET state = $2, findings = $3, checked_at = $4, next_check_at = $5, unreachable_since = $6,
         state_since = CASE WHEN state = $2 THEN state_since ELSE $4 END WHERE ${at.owner} = $1`,
      [owner.id, state, JSON.stringify(findings), now, next, unreachableSince],
    );
    const domain = await this.shown(owner, await this.existing(owner));
    if (state !== before.state) {
      await this.audit.record(actor, {
        action: `sending-domain.${state}`,
        subject: { kind: 'sending-domain', id: owner.id },
        ...(owner.kind === 'partner' ? { partnerId: owner.id } : { vendorId: owner.id }),
        details: { domain: domain.domain, problems: findings.filter(({ problem }) => problem !== null) },
      });
      await then({ owner, from: before.state, domain });
    }
    return domain;
  }

  private async insert(owner: DomainOwner, domain: string, fromLocal: string | null): Promise<void> {
    await this.delete(owner);
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

  private async delete({ kind, id }: DomainOwner): Promise<void> {
    const { table, owner } = TABLES[kind];
    await this.database.query(`DELETE FROM ${table} WHERE ${owner} = $1`, [id]);
  }

  /** A partner's: a vendor's has no name before the @. */
  private async rename({ id }: DomainOwner, fromLocal: string): Promise<void> {
    await this.database.query('UPDATE brand.sending_domain SET from_local = $2 WHERE partner_id = $1', [id, fromLocal]);
  }

  private async row({ kind, id }: DomainOwner, lock: '' | 'FOR UPDATE' = ''): Promise<Row | null> {
    const { table, owner, fromLocal } = TABLES[kind];
    const [row] = await this.database.query<Row>(
      `SELECT ${fromLocal} AS from_local, ${COLUMNS} FROM ${table} WHERE ${owner} = $1 ${lock}`,
      [id],
    );
    return row ?? null;
  }

  private async existing(owner: DomainOwner, lock: '' | 'FOR UPDATE' = ''): Promise<Row> {
    const row = await this.row(owner, lock);
    if (row !== null) return row;
    throw new DomainError(
      'sending-domain.not-found',
      'You have chosen no sending domain. Choose one first.',
      {},
      { kind: 'not-found' },
    );
  }

  private async shown(owner: DomainOwner, row: Row): Promise<SendingDomain> {
    const { domain, fromLocal, state, stateSince, checkedAt, findings } = row;
    const records = recordsOf(domain, await this.keys.published(owner), this.config.MAIL_DOMAIN);
    return {
      domain,
      fromLocal,
      state,
      stateSince,
      checkedAt,
      nextCheckAt: row.nextCheckAt,
      records: records.map((record) => {
        const finding = findings.find(({ purpose }) => purpose === record.purpose) ?? null;
        return { ...record, finding, fix: finding === null ? null : fixOf(finding, record) };
      }),
    };
  }
}
