import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { Clock, DomainError, type SystemActor } from '#kernel';
import { VENDOR_SERVERS_CHANGED } from '#organisations';
import { DkimKeys } from './dkim-keys.service.js';
import { DnsLookup } from './dns-lookup.adapter.js';
import { type DomainOwner, processOf } from './domain-owner.js';
import {
  checkDmarc,
  checkKey,
  checkReturnPath,
  checkSpf,
  dmarcNames,
  type DnsAnswer,
  foreignMailHosts,
  type PublishedKey,
  type RecordFinding,
  returnHostOf,
} from './domain-records.js';
import { nextCheckAt, type SendingDomainState, statusAfter, unforeseenCheckAt } from './sending-domain.js';
import {
  CHECKS_PER_PAGE,
  type SendingDomain,
  type SendingDomainRow,
  SendingDomainStore,
} from './sending-domain-store.service.js';

/** A domain that changed its state in a check. */
export interface DomainChange {
  readonly owner: DomainOwner;
  readonly from: SendingDomainState;
  readonly domain: SendingDomain;
}

/** What DNS said of a domain. */
interface Checked {
  readonly findings: readonly RecordFinding[];
  readonly foreignMailHosts: string | null;
}

const KINDS = ['partner', 'vendor'] as const;

/** Compares DNS with the required records, before and during use. */
@Injectable()
export class SendingDomainChecks {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly keys: DkimKeys,
    private readonly dns: DnsLookup,
    private readonly store: SendingDomainStore,
    private readonly jobs: Jobs,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /**
   * Checks due domains, in any number of processes at once.
   * @returns whether there may be more.
   */
  async checkDue(then: (change: DomainChange) => Promise<void>): Promise<boolean> {
    let isMore = false;
    for (const kind of KINDS) {
      const due = await this.store.claimDue(kind);
      for (const owner of due) await this.checkOne(owner, then);
      isMore ||= due.length === CHECKS_PER_PAGE;
    }
    return isMore;
  }

  /**
   * Checks DNS now.
   * @param then joins the transaction that stores a change of state.
   * @throws DomainError `sending-domain.not-found`.
   */
  async check(owner: DomainOwner, then: (change: DomainChange) => Promise<void>): Promise<SendingDomain> {
    const actor = processOf('sending-domains', owner);
    const { row, keys } = await this.database.inTransaction(actor, async () => ({
      row: await this.store.get(owner),
      keys: await this.keys.published(owner),
    }));
    // Outside of any transaction: name servers take their time.
    const policies = await Promise.all(dmarcNames(row.domain).map((name) => this.dns.texts(name)));
    const findings = [...(await this.checkRecords(row.domain, keys)), checkDmarc(policies)];
    const mailHosts = owner.kind === 'vendor' ? await this.checkMailHosts(row, policies) : null;
    return this.database.inTransaction(actor, () =>
      this.saveCheck(actor, { owner, row }, { findings, foreignMailHosts: mailHosts }, then),
    );
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
    return Promise.all([
      ...keys.map(async (key) => checkKey(key, await this.dns.texts(`${key.selector}._domainkey.${domain}`))),
      this.dns.aliases(returnHost).then((answer) => checkReturnPath(this.config.MAIL_DOMAIN, answer)),
      this.dns.texts(returnHost).then(checkSpf),
    ]);
  }

  private async checkMailHosts(
    { domain, foreignMailHosts: before }: SendingDomainRow,
    policies: readonly DnsAnswer[],
  ): Promise<string | null> {
    const mailDomain = this.config.MAIL_DOMAIN;
    const [theirs, ours] = await Promise.all([this.dns.mailHosts(domain), this.dns.mailHosts(mailDomain)]);
    return foreignMailHosts({ theirs, ours, policies }, { mailDomain, before });
  }

  private async saveCheck(
    actor: SystemActor,
    { owner, row: checked }: { readonly owner: DomainOwner; readonly row: SendingDomainRow },
    { findings, foreignMailHosts: mailHosts }: Checked,
    then: (change: DomainChange) => Promise<void>,
  ): Promise<SendingDomain> {
    const now = this.clock.now();
    const before = await this.store.get(owner, 'FOR UPDATE');
    // Another domain was chosen during the look-up: its result is for the
    // former one.
    if (before.domain !== checked.domain || before.chosenAt.getTime() !== checked.chosenAt.getTime())
      return this.store.shown(owner, before);
    const { state, unreachableSince } = statusAfter(before, findings, now);
    await this.store.saveCheck(owner, {
      state,
      findings,
      unreachableSince,
      foreignMailHosts: mailHosts,
      checkedAt: now,
      nextCheckAt:
        owner.kind === 'vendor' && state === 'verified'
          ? unforeseenCheckAt(now, randomInt)
          : nextCheckAt(state, before.chosenAt, now),
    });
    if (owner.kind === 'vendor' && (state !== before.state || mailHosts !== before.foreignMailHosts))
      await this.jobs.enqueue(VENDOR_SERVERS_CHANGED, { vendorId: owner.id });
    const domain = await this.store.shown(owner, await this.store.get(owner));
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
}
