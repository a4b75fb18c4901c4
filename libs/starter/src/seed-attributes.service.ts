import { Injectable } from '@nestjs/common';
import type { AttributeValue } from '#contracts';
import { Database } from '#database';
import { Clock, DAY_MS, notFound, type PartnerId, vendorProcess } from '#kernel';
import { AttributeValues, ManagedPartners, Memberships, type PartnerAttribute } from '#organisations';
import { SEED } from './seed-actor.js';
import type { SeedPartner } from './seed-file.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** The external id of a sample partner, its channel manager and its values of the vendor's attributes. */
@Injectable()
export class SeedAttributes {
  constructor(
    private readonly database: Database,
    private readonly memberships: Memberships,
    private readonly managed: ManagedPartners,
    private readonly values: AttributeValues,
    private readonly clock: Clock,
  ) {}

  /** As the vendor's marketer and the partner fill them in. */
  async fill(
    vendor: SeededVendor,
    { attributes, externalId, hasManager, person }: SeedPartner,
    partnerId: PartnerId,
  ): Promise<void> {
    if (externalId !== undefined)
      await this.memberships.change(actorOf(vendor, 'marketer', 'Maya Lindqvist'), partnerId, { externalId });
    const carl = { id: vendor.users.get('channel-manager') ?? null, name: 'Carl Brandt' };
    if (hasManager) await this.managed.assign(vendorProcess(SEED.name, vendor.vendorId), [partnerId], carl);
    const changes = Object.entries(attributes).map(([name, given]) => {
      const attribute = vendor.attributes.get(name);
      if (attribute === undefined) throw notFound('partner-attribute', name);
      return { attribute, partnerId, value: this.valueOf(attribute, given) };
    });
    await this.database.inTransaction(SEED, async () => {
      for (const owner of ['vendor', 'partner'] as const)
        await this.values.write(
          changes.filter(({ attribute }) => attribute.owner === owner),
          owner === 'vendor' ? 'Maya Lindqvist' : person,
        );
    });
  }

  /** @param given labels of options; days until a certification ends. */
  private valueOf({ kind, options }: PartnerAttribute, given: string | number | string[]): AttributeValue {
    const keyOf = (label: string): string => options.find((option) => option.label === label)?.key ?? label;
    if (Array.isArray(given)) return given.map(keyOf);
    if (kind !== 'certification' || typeof given !== 'number') return typeof given === 'string' ? keyOf(given) : given;
    const last = new Date(this.clock.now().getTime() + given * DAY_MS);
    return { number: null, expiresOn: last.toISOString().slice(0, 10) };
  }
}
