import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import {
  type ActivationId,
  type ContactId,
  type EnrolmentId,
  type MessageId,
  newId,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { DeliveryModule } from './delivery.module.js';
import { Ledger } from './ledger.service.js';

const SYSTEM = systemActor('test');

/**
 * A Nest context with the services of this lib, on its own database, and rows
 * for them.
 */
export interface DeliveryFixture {
  readonly product: TestModule;
  /** Runs `work` in a transaction of a process. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly query: <T extends object>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;
  readonly aPartner: () => Promise<PartnerId>;
  readonly aVendor: () => Promise<VendorActor>;
  /**
   * Plans messages of a partner that are leased.
   * @returns their ids in order of `due_at`.
   */
  readonly leasedMessages: (partnerId: PartnerId, count: number) => Promise<MessageId[]>;
}

/** @param settings further environment variables. */
export async function openDelivery(settings: Readonly<Record<string, string>> = {}): Promise<DeliveryFixture> {
  const config = readConfig({ SECRET_KEY: 'a key for tests, of 32 characters', ...settings });
  const product = await createTestModule([ConfigModule.forRoot(config), DeliveryModule]);
  const database = product.app.get(Database);
  const run = <T>(work: () => Promise<T>): Promise<T> => database.inTransaction(SYSTEM, work);
  const query = <T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> =>
    run(() => database.query<T>(sql, [...parameters]));
  const anOrganisation = async (id: string, kind: 'vendor' | 'partner'): Promise<void> => {
    await query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       VALUES ($1::uuid, $2, 'Name', 'o-' || $1::uuid, 'DE', 'Europe/Berlin', now())`,
      [id, kind],
    );
  };
  const vendorId = newId<VendorId>();
  await anOrganisation(vendorId, 'vendor');
  return {
    product,
    run,
    query,
    aPartner: async () => {
      const partnerId = newId<PartnerId>();
      await anOrganisation(partnerId, 'partner');
      return partnerId;
    },
    aVendor: async () => {
      const id = newId<VendorId>();
      await anOrganisation(id, 'vendor');
      return { kind: 'vendor', vendorId: id, role: 'owner', userId: newId(), apiKeyId: null, name: 'Vera' };
    },
    leasedMessages: async (partnerId, count) => {
      const now = product.clock.now().getTime();
      const plans = Array.from({ length: count }, (_, at) => ({
        enrolmentId: newId<EnrolmentId>(),
        stepKey: 'welcome',
        occurrence: 1,
        emailKey: 'welcome',
        partnerId,
        vendorId,
        activationId: newId<ActivationId>(),
        contactId: newId<ContactId>(),
        dueAt: new Date(now - (count - at) * 1000),
      }));
      const leased = await run(() => product.app.get(Ledger).planLeased(plans));
      const inOrder = new Map(leased.map(({ id, enrolmentId }) => [enrolmentId, id]));
      return plans.flatMap(({ enrolmentId }) => inOrder.get(enrolmentId) ?? []);
    },
  };
}
