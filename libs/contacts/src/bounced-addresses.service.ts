import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type OrganisationId, type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION, type KeyScope } from './address-keys.service.js';
import { requireEmail } from './contact-input.js';

/** How many suppressions of an address were lifted, by scope. */
export interface LiftedBounce {
  readonly platform: number;
  readonly vendors: number;
  readonly partners: number;
}

/** Lets mail be sent again to an address that bounced by mistake. */
@Injectable()
export class BouncedAddresses {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly keys: AddressKeys,
  ) {}

  /**
   * Lifts every suppression of an address that a bounce caused, for the
   * platform, vendors and partners. Opt-outs, complaints, erasures and what
   * staff decided stay. Each partner concerned has the entry in its audit log.
   * Addresses are stored as keyed hashes, so each partner's is computed: 5,000
   * partners take seconds. Safe to run twice.
   * @throws DomainError `contact.email-…`.
   */
  async lift(actor: SystemActor, email: string): Promise<LiftedBounce> {
    const { normalised } = requireEmail(email);
    const organisations = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: OrganisationId; kind: 'vendor' | 'partner' }>(
        'SELECT id, kind FROM organisations.organisation_view ORDER BY id',
      ),
    );
    const platform = await this.liftKeyed(actor, { kind: 'platform' }, normalised);
    let [vendors, partners] = [0, 0];
    for (const { id, kind } of organisations)
      if (kind === 'vendor')
        vendors += await this.liftKeyed(actor, { kind: 'vendor', vendorId: id as VendorId }, normalised);
      else partners += await this.liftOfPartner(actor, id as PartnerId, normalised);
    return { platform, vendors, partners };
  }

  private async liftKeyed(
    actor: SystemActor,
    scope: Exclude<KeyScope, { kind: 'partner' | 'membership' }>,
    normalised: string,
  ): Promise<number> {
    return this.database.inTransaction(actor, async () => {
      const lifted = await this.database.query<{ id: string }>(
        `WITH lifted AS (
           DELETE FROM contacts.keyed_suppression
           WHERE scope = $1 AND key_version = $2 AND email_key = $3 AND reason = 'bounced' RETURNING id)
         SELECT id FROM lifted`,
        [scope.kind, KEY_VERSION, this.keys.keyOf(scope, normalised)],
      );
      for (const { id } of lifted) await this.recordLifted(actor, id, scope.kind);
      return lifted.length;
    });
  }

  private async liftOfPartner(actor: SystemActor, partnerId: PartnerId, normalised: string): Promise<number> {
    const scoped = systemActor(actor.name, { partnerId });
    return this.database.inTransaction(scoped, async () => {
      const lifted = await this.database.query<{ id: string }>(
        `WITH lifted AS (
           DELETE FROM contacts.suppression
           WHERE partner_id = $1 AND key_version = $2 AND email_key = $3 AND reason = 'bounced' RETURNING id)
         SELECT id FROM lifted`,
        [partnerId, KEY_VERSION, this.keys.keyOf({ kind: 'partner', partnerId }, normalised)],
      );
      for (const { id } of lifted) await this.recordLifted(scoped, id, 'partner');
      return lifted.length;
    });
  }

  private async recordLifted(actor: SystemActor, id: string, scope: KeyScope['kind']): Promise<void> {
    await this.audit.record(actor, {
      action: 'suppression.removed',
      subject: { kind: 'suppression', id },
      details: { scope, reason: 'bounced', source: 'provider' },
    });
  }
}
