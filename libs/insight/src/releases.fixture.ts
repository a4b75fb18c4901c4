import pg from 'pg';
import { type ActivationId, type CampaignId, type ContactId, newId, type PartnerId, type VendorActor } from '#kernel';
import { ResultReleases } from './index.js';
import { startOf } from './release-calendar.js';
import { addDays, dayOf } from './window.js';
import {
  aCampaign,
  anActivation,
  aVendor,
  join,
  openInsight,
  storeCompiled,
  type TestInsight,
} from './insight.fixture.js';

/** A partner with one activation, and its contacts. */
export interface House {
  readonly partnerId: PartnerId;
  readonly activationId: ActivationId;
  readonly contacts: readonly ContactId[];
}

/** A vendor with one campaign, and the partners that launched it. */
export interface World {
  readonly actor: VendorActor;
  readonly campaignId: CampaignId;
  readonly houses: readonly House[];
}

export let product: TestInsight;
export let owner: pg.Client;
export let compiledHash: string;
/** The Monday on which everything is sent. */
export let monday: string;

/** The numbers on a database that all tests of a suite share. Called where the suite is described. */
export function openForReleases(): void {
  beforeAll(async () => {
    product = await openInsight();
    ({ owner } = product);
    compiledHash = await storeCompiled(product);
    monday = addDays(startOf('four-weeks', dayOf(product.clock.now())), 28);
    advanceTo(monday);
  });
  afterAll(() => product.close());
}

/** A vendor whose partners joined `memberDays` before the messages. */
export async function aWorld(partners: number, contactsEach: number, memberDays = 60): Promise<World> {
  const actor = await aVendor(product);
  const { vendorId } = actor;
  const campaignId = await aCampaign(product, actor, { compiledHash, publishedOn: addDays(monday, -90) });
  const houses: House[] = [];
  for (let n = 0; n < partners; n++) {
    const partnerId = newId<PartnerId>();
    const activationId = await anActivation(product, { partnerId, vendorId, campaignId, startAt: monday });
    const contacts = Array.from({ length: contactsEach }, () => newId<ContactId>());
    houses.push({ partnerId, activationId, contacts });
  }
  await join(product, actor, partnersOf(houses), addDays(monday, -memberDays));
  return { actor, campaignId, houses };
}

export const partnersOf = (houses: readonly House[]): PartnerId[] => houses.map(({ partnerId }) => partnerId);

/** @returns the ids of the messages, one to each contact. */
export async function send(world: World, house: House, on: string, occurrence = 0): Promise<string[]> {
  const ids = house.contacts.map(() => newId());
  await owner.query(
    `INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, reason, planned_at, settled_at, variant)
     SELECT id, $3, $4, $5, id, contact, 'welcome', $6, 'welcome', 'delivered', 'delivered', $7, $7, 'en' FROM unnest($1::uuid[], $2::uuid[]) one (id, contact)`,
    [ids, house.contacts, house.partnerId, world.actor.vendorId, house.activationId, occurrence, `${on}T10:00:00Z`],
  );
  return ids;
}

/** @returns the id of the interaction. */
export async function interact(
  messageId: string,
  kind: string,
  on: string,
  verdict: string | null = null,
): Promise<string> {
  const id = newId();
  await owner.query(
    `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, verdict, at)
     SELECT $1, partner_id, vendor_id, activation_id, id, contact_id, $3, $4, $5 FROM delivery.message WHERE id = $2`,
    [id, messageId, kind, verdict, `${on}T13:00:00Z`],
  );
  return id;
}

export const releaseAll = async (): Promise<void> => {
  while (await product.app.get(ResultReleases).releaseDue());
};

export const advanceTo = (day: string): void => {
  product.clock.advance(Date.parse(day) - product.clock.now().getTime());
};
