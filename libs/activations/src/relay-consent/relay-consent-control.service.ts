import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { DomainError, notFound, type PartnerActor, type PartnerId, systemActor, type VendorId } from '#kernel';
import { Memberships, RelayConsents, type VendorHost } from '#organisations';
import { ActivationControl } from '../activation-control.service.js';
import { ActivationsRepository } from '../activations.repository.js';
import { RELAY_CONSENT_MISSING } from '../planned-end.js';
import { ConsentMail } from './consent-mail.service.js';
import { actorFor, lacking, VendorServers } from './vendor-servers.service.js';

const isSame =
  (asked: VendorHost) =>
  ({ purpose, host }: VendorHost): boolean =>
    purpose === asked.purpose && host === asked.host;

/**
 * A partner's consent to the servers of a vendor. Its activations of that
 * vendor are held while a consent is missing.
 */
@Injectable()
export class RelayConsentControl {
  constructor(
    private readonly database: Database,
    private readonly gate: ReleaseGate,
    private readonly memberships: Memberships,
    private readonly consents: RelayConsents,
    private readonly servers: VendorServers,
    private readonly control: ActivationControl,
    private readonly repository: ActivationsRepository,
    private readonly mail: ConsentMail,
  ) {}

  /**
   * Agrees to servers by name. What waited for it continues.
   * @throws DomainError `vendor.not-found`, `relay-consent.unknown-server`.
   */
  async give(actor: PartnerActor, vendorId: VendorId, asked: readonly VendorHost[]): Promise<void> {
    requirePermission(actor, 'activations.launch');
    await this.requireMember(actor, vendorId);
    const known = await this.servers.listFor(actor.partnerId, vendorId);
    const agreed = known.filter((server) => asked.some(isSame(server)));
    for (const one of asked)
      if (!agreed.some(isSame(one)))
        throw new DomainError(
          'relay-consent.unknown-server',
          `${one.host} is not a server of this vendor (any more). Load the page again and agree to the servers that it names.`,
          { field: 'servers', host: one.host },
          { kind: 'conflict' },
        );
    await this.database.inTransaction(actor, () => this.consents.give(actor, vendorId, agreed));
    await this.applyToPartner(actor.partnerId, vendorId);
  }

  /**
   * Withdraws consent. When it returns, no more mail goes to the server.
   * @throws DomainError `vendor.not-found`, `relay-consent.not-given`.
   */
  async revoke(actor: PartnerActor, vendorId: VendorId, asked: VendorHost): Promise<void> {
    requirePermission(actor, 'activations.launch');
    await this.requireMember(actor, vendorId);
    await this.database.inTransaction(actor, async () => {
      await this.gate.closeForPartner(actor.partnerId);
      if (await this.consents.revoke(actor, vendorId, asked)) return;
      throw new DomainError(
        'relay-consent.not-given',
        `You have not agreed to ${asked.host}, or have withdrawn it already. There is nothing to withdraw.`,
        { field: 'host' },
        { kind: 'conflict' },
      );
    });
    await this.applyToPartner(actor.partnerId, vendorId);
    const live = await this.repository.liveForVendor(actorFor(actor.partnerId), vendorId);
    await this.gate.waitForSubmissions({ activationIds: live.map(({ id }) => id) });
  }

  /**
   * Holds and resumes activations after a change of the vendor's servers.
   * Partners whose activations are put on hold get a mail.
   * Idempotent.
   */
  async applyToVendor(vendorId: VendorId): Promise<void> {
    const partnerIds = await this.repository.partnersWithLive(systemActor('relay-consents'), vendorId);
    for (const partnerId of partnerIds) await this.applyToPartner(partnerId, vendorId, true);
  }

  /** @param isTold whether the partner gets a mail about a new hold. */
  private async applyToPartner(partnerId: PartnerId, vendorId: VendorId, isTold = false): Promise<void> {
    const actor = actorFor(partnerId);
    await this.database.inTransaction(actor, async () => {
      await this.gate.closeForPartner(partnerId);
      const missing = lacking(await this.servers.list(actor, vendorId));
      const isMissing = missing.length > 0;
      let heldCount = 0;
      for (const activation of await this.repository.liveForVendor(actor, vendorId)) {
        if (isMissing && activation.status === 'active') {
          await this.control.holdBySystem(actor, activation, RELAY_CONSENT_MISSING);
          heldCount += 1;
        }
        if (!isMissing && activation.status === 'held' && activation.statusReason === RELAY_CONSENT_MISSING)
          await this.control.resumeBySystem(actor, activation, 'the partner agreed to the mail servers of the vendor');
      }
      if (isTold && heldCount > 0) await this.mail.post(actor, { partnerId, vendorId }, missing, heldCount);
    });
  }

  private async requireMember(actor: PartnerActor, vendorId: VendorId): Promise<void> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    if (!own.some((one) => one.vendorId === vendorId && one.status !== 'invited')) throw notFound('vendor', vendorId);
  }
}
