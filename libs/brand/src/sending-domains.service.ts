import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import {
  type Actor,
  editVersion,
  type PartnerActor,
  type PartnerId,
  requireCurrent,
  type SystemActor,
  systemActor,
  type VendorActor,
  type VendorId,
  type VendorProcess,
} from '#kernel';
import type { SigningKey } from '#mailer';
import { Jobs } from '#jobs';
import { RelayConsents, VENDOR_SERVERS_CHANGED } from '#organisations';
import { DkimKeys } from './dkim-keys.service.js';
import { choosingOwner, type DomainOwner, ownerOf } from './domain-owner.js';
import { returnHostOf } from './domain-records.js';
import { checkedDomain, checkedLocal, type SendingDomainState } from './sending-domain.js';
import { type DomainChange, SendingDomainChecks } from './sending-domain-checks.service.js';
import { type SendingDomain, SendingDomainStore } from './sending-domain-store.service.js';

/** The version of a choice of domain, for editors; also while none is chosen. */
export const domainChoiceVersion = (domain: Pick<SendingDomain, 'domain' | 'fromLocal'> | null): string =>
  editVersion(domain === null ? null : [domain.domain, domain.fromLocal]);

/** What a verified domain brings to each message. */
export interface DomainInUse {
  readonly owner: DomainOwner['kind'];
  readonly domain: string;
  readonly fromLocal: string | null;
  /** Null: bounces come to the mail domain. */
  readonly returnHost: string | null;
  readonly state: SendingDomainState;
  readonly signingKeys: readonly SigningKey[];
}

/** A vendor's sub-domain that was verified once. */
export interface VendorDomainInUse {
  readonly vendorId: VendorId;
  readonly domain: string;
  readonly state: Exclude<SendingDomainState, 'pending'>;
}

const SENDING_DOMAINS = systemActor('sending-domains');

/**
 * Sending domains of partners, and of vendors for their partners.
 * Chosen, shown with their exact records, checked before and during use.
 */
@Injectable()
export class SendingDomains {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly keys: DkimKeys,
    private readonly store: SendingDomainStore,
    private readonly checks: SendingDomainChecks,
    private readonly jobs: Jobs,
    private readonly consents: RelayConsents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** @returns null while the organisation has chosen none. */
  async get(actor: Actor): Promise<SendingDomain | null> {
    const owner = ownerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const row = await this.store.find(owner);
      return row === null ? null : this.store.shown(owner, row);
    });
  }

  /**
   * Chooses a domain and makes its keys; it replaces an earlier one. It is not
   * used until verified.
   * @param input.fromLocal for partners only: a vendor's domain has one name
   *   per partner.
   * @param basedOn `domainChoiceVersion` of the choice that was edited; null:
   *   replace any.
   * @throws DomainError `brand.forbidden`, `sending-domain.invalid`,
   *   `.freemail`, `.platform`, `.from-invalid`; `edit.stale`.
   */
  async choose(
    actor: PartnerActor | VendorActor | VendorProcess,
    input: { readonly domain: string; readonly fromLocal?: string },
    basedOn: string | null = null,
  ): Promise<SendingDomain> {
    const owner = choosingOwner(actor);
    const domain = checkedDomain(input.domain, this.config.MAIL_DOMAIN);
    const fromLocal = owner.kind === 'vendor' ? null : checkedLocal(input.fromLocal ?? '');
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`sending domain ${owner.id}`);
      const before = await this.store.find(owner);
      requireCurrent(basedOn, domainChoiceVersion(before));
      if (before?.domain !== domain) await this.store.insert(owner, domain, fromLocal);
      else if (fromLocal !== null) await this.store.rename(owner, fromLocal);
      if (owner.kind === 'vendor') await this.jobs.enqueue(VENDOR_SERVERS_CHANGED, { vendorId: owner.id });
      await this.audit.record(actor, {
        action: 'sending-domain.chosen',
        subject: { kind: 'sending-domain', id: owner.id },
        details: { domain, fromLocal, before: before?.domain ?? null },
      });
      return this.store.shown(owner, await this.store.get(owner));
    });
  }

  /**
   * Returns to the mail domain.
   * @throws DomainError `brand.forbidden`, `sending-domain.not-found`.
   */
  async remove(actor: PartnerActor | VendorActor): Promise<void> {
    const owner = choosingOwner(actor);
    await this.database.inTransaction(actor, async () => {
      const { domain } = await this.store.get(owner);
      await this.store.remove(owner);
      if (owner.kind === 'vendor') await this.jobs.enqueue(VENDOR_SERVERS_CHANGED, { vendorId: owner.id });
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
    return this.checks.check(choosingOwner(actor), then);
  }

  /** As `SendingDomainChecks.checkDue`. */
  async checkDue(then: (change: DomainChange) => Promise<void>): Promise<boolean> {
    return this.checks.checkDue(then);
  }

  /**
   * The domain of a partner's message, else its vendor's; null if none was ever
   * verified. Joins the open transaction of the partner's scope. Its keys are
   * decrypted for a process only, which sends.
   */
  async inUse(
    actor: PartnerActor | SystemActor,
    partnerId: PartnerId,
    vendorId: VendorId,
  ): Promise<DomainInUse | null> {
    const owners: readonly DomainOwner[] = [
      { kind: 'partner', id: partnerId },
      { kind: 'vendor', id: vendorId },
    ];
    for (const owner of owners) {
      const row = await this.store.find(owner);
      if (row === null || row.state === 'pending') continue;
      const { domain, fromLocal, state, chosenAt } = row;
      const signingKeys = actor.kind === 'system' ? await this.keys.signing(owner, domain, chosenAt.toISOString()) : [];
      const returnHost = (await this.mayReceiveBounces(actor, owner, { partnerId, vendorId, domain }))
        ? returnHostOf(domain)
        : null;
      return { owner: owner.kind, domain, fromLocal, returnHost, state, signingKeys };
    }
    return null;
  }

  /**
   * Whether bounces may go to a domain: always to the partner's own. The owner
   * of a domain can receive them at any time, unseen, so a vendor's needs the
   * partner's consent. Without it they go to the mail domain; DKIM alone is then
   * aligned (RFC 7489, 3.1).
   */
  private async mayReceiveBounces(
    actor: PartnerActor | SystemActor,
    { kind }: DomainOwner,
    of: { readonly partnerId: PartnerId; readonly vendorId: VendorId; readonly domain: string },
  ): Promise<boolean> {
    if (kind === 'partner') return true;
    const consents = await this.consents.list(actor, of.vendorId);
    return consents.some(
      ({ partnerId, purpose, host, revokedAt }) =>
        partnerId === of.partnerId && purpose === 'returns' && host === of.domain && revokedAt === null,
    );
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

  /**
   * The vendor's sub-domain in use, if servers that are not the installation's
   * receive its mail; else null. A partner with a domain of its own does not
   * send from it.
   */
  async receivedElsewhere(actor: VendorActor | SystemActor, vendorId: VendorId): Promise<string | null> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ domain: string }>(
        `SELECT domain FROM brand.vendor_domain
         WHERE vendor_id = $1 AND state <> 'pending' AND foreign_mail_hosts IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM brand.sending_domain WHERE partner_id = $2 AND state <> 'pending')`,
        [vendorId, actor.kind === 'system' ? actor.partnerId : null],
      ),
    );
    return row?.domain ?? null;
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
}
