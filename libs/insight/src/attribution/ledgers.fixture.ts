import { type CampaignId, DAY_MS, newId, type PartnerActor, type PartnerId, type VendorActor } from '#kernel';
import { aCampaign, aVendor, PERSON, storeCompiled, type TestInsight } from '../insight.fixture.js';

/** So late that the clock of each machine can be moved forward to it. */
const START_MS = Date.UTC(2096, 8, 3);
export const at = (days: number): Date => new Date(START_MS + days * DAY_MS);
export const dayAt = (days: number): string => at(days).toISOString().slice(0, 10);

/** What is recorded, and never computed: all numbers come from it. */
const LEDGERS = [
  'organisations.organisation',
  'organisations.membership',
  'organisations.shared_totals',
  'organisations.counted_deals',
  'campaigns.campaign',
  'campaigns.campaign_version',
  'activations.activation',
  'delivery.message',
  'engagement.interaction',
  'engagement.interaction_verdict',
  'leads.deal',
  'leads.deal_event',
  'insight.cost',
] as const;
/** Triggers that count what the ledgers receive. */
const COUNTING = [
  ['delivery.message', 'count_messages'],
  ['engagement.interaction', 'count_interaction'],
  ['engagement.interaction_verdict', 'recount_click'],
  ['leads.deal', 'count_new_deal'],
  ['leads.deal', 'count_changed_deal'],
] as const;

/** A vendor and its partners. The first one shows its totals, the deals of the others are in sums without names. */
export interface Programme {
  readonly vendor: VendorActor;
  readonly partners: readonly [PartnerActor, ...PartnerActor[]];
}

/** The rows of each table, as JSON. */
export type Dump = readonly (readonly [table: string, rows: string])[];

interface Launch {
  readonly id: string;
  readonly campaignId: CampaignId;
}

/**
 * A vendor with three campaigns and six partners, who write to 100 people. These click, as programs do, and bring
 * deals of two currencies with refunds. All is counted as it comes.
 */
export async function aProgramme(house: TestInsight): Promise<Programme> {
  for (const [table, trigger] of COUNTING)
    await house.owner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
  const vendor = await aVendor(house);
  const compiledHash = await storeCompiled(house);
  const campaigns: CampaignId[] = [];
  for (const n of [0, 1, 2]) {
    const campaignId = await aCampaign(house, vendor, { compiledHash, publishedOn: dayAt(0) });
    campaigns.push(campaignId);
    await aCost(house, vendor.vendorId, { campaignId, day: n, minorUnits: 77_777 + n });
  }
  const first = await aPartner(house, vendor, campaigns, { people: 40, isShown: true });
  const others: PartnerActor[] = [];
  for (let count = 0; count < 5; count += 1)
    others.push(await aPartner(house, vendor, campaigns, { people: 12, isShown: false }));
  return { vendor, partners: [first, ...others] };
}

async function aPartner(
  house: TestInsight,
  vendor: VendorActor,
  campaigns: readonly CampaignId[],
  { people, isShown }: { readonly people: number; readonly isShown: boolean },
): Promise<PartnerActor> {
  const { owner } = house;
  const { vendorId } = vendor;
  const partnerId = newId<PartnerId>();
  await owner.query(
    `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
     VALUES ($1, 'partner', $2, $2, 'NZ', 'Pacific/Auckland', $3)`,
    [partnerId, `partner-${partnerId}`, at(0)],
  );
  await owner.query(
    `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
     VALUES ($1, $2, $2, $3, 'gold', 'apac', 'active', $4, $4)`,
    [newId(), vendorId, partnerId, at(-60)],
  );
  await (isShown
    ? owner.query(
        `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, wording, changed_by, changed_at)
         VALUES ($1, $2, true, 2, 'Test user', $3)`,
        [partnerId, vendorId, at(0)],
      )
    : owner.query(
        `INSERT INTO organisations.counted_deals (partner_id, vendor_id, is_counted, since_on, changed_by, changed_at)
         VALUES ($1, $2, true, $3, 'Test user', $4)`,
        [partnerId, vendorId, dayAt(0), at(0)],
      ));
  const launches: Launch[] = [];
  for (const [n, campaignId] of campaigns.entries()) {
    const id = newId();
    launches.push({ id, campaignId });
    await owner.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
         idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
       SELECT $1, $2, $3, $4, v.id, 'active', $5, 'en', 'UTC', $6, '{}', 1, $5, 'hash', 'Test user', $6, '{}', 'activation', $7
       FROM campaigns.campaign_version v WHERE v.campaign_id = $4`,
      [id, partnerId, vendorId, campaignId, `launch-${id}`, at(n), at(900)],
    );
    await aCost(house, partnerId, { campaignId, day: n, minorUnits: 33_333 + n });
  }
  for (let person = 0; person < people; person += 1)
    await aPerson(house, { partnerId, vendorId, launches, contactId: newId(), person });
  return { kind: 'partner', partnerId, ...PERSON };
}

const aCost = (
  { owner }: TestInsight,
  ownerId: string,
  of: { readonly campaignId: CampaignId; readonly day: number; readonly minorUnits: number },
): Promise<unknown> =>
  owner.query(
    `INSERT INTO insight.cost (id, owner_id, description, amount_minor, currency, from_on, to_on, campaign_id, tactic, by_name, created_at, updated_at)
     VALUES ($1, $2, 'Fair', $3, 'EUR', $4, $5, $6, 'email', 'Test user', $7, $7)`,
    [newId(), ownerId, of.minorUnits, dayAt(of.day), dayAt(of.day + 6), of.campaignId, at(of.day)],
  );

interface Person {
  readonly partnerId: PartnerId;
  readonly vendorId: string;
  readonly launches: readonly Launch[];
  readonly contactId: string;
  /** Its number, from which all that it does follows. */
  readonly person: number;
}

/** An e-mail, one to five touches, verdicts of them that change, and of every other person a deal. */
async function aPerson(house: TestInsight, of: Person): Promise<void> {
  const { owner } = house;
  const { partnerId, vendorId, launches, contactId, person } = of;
  const ids = [partnerId, vendorId, contactId];
  const launchOf = (n: number): string | undefined => launches[n % launches.length]?.id;
  const messageId = newId();
  const variant = person % 3 === 0 ? 'de' : 'en';
  await owner.query(
    `INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, planned_at, retry_at, variant)
     VALUES ($4, $1, $2, $5, $4, $3, 'welcome', 0, 'welcome', 'planned', $6, $6, $7)`,
    [...ids, messageId, launchOf(person), at(1), variant],
  );
  for (const [state, reason] of [
    ['accepted', null],
    person % 9 === 0 ? ['bounced', 'bounced-hard'] : ['delivered', 'delivered'],
  ])
    await owner.query(
      'UPDATE delivery.message SET state = $2, reason = $3, settled_at = $4, retry_at = NULL WHERE id = $1',
      [messageId, state, reason, at(2)],
    );
  for (let touch = 0; touch <= person % 5; touch += 1) {
    const interactionId = newId();
    const isClick = touch % 2 === 0;
    const isOfMessage = isClick && touch === 0;
    await owner.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, step_key, kind, verdict, source, at, message_id, variant)
       VALUES ($4, $1, $2, $5, $3, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...ids,
        interactionId,
        launchOf(person + touch),
        isClick ? 'welcome' : null,
        isClick ? 'click' : 'form',
        isClick ? 'human' : null,
        isClick ? null : 'direct',
        // Several at one time.
        at(Math.floor(person / 4) + touch + 3),
        isOfMessage ? messageId : null,
        isOfMessage ? variant : null,
      ],
    );
    const isJudged = isClick && person % 7 === 0;
    for (const verdict of isJudged ? ['machine', 'human', ...(touch === 2 ? ['machine'] : [])] : [])
      await owner.query(
        `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at) VALUES ($1, $2, $3, $4, 'decoy', $5)`,
        [newId(), interactionId, partnerId, verdict, at(60)],
      );
  }
  if (person % 2 === 0) await aDeal(house, of, launchOf(person));
}

/** Won at first; then some are lost, closed on another day or paid back in part. */
async function aDeal(
  { owner }: TestInsight,
  { partnerId, vendorId, contactId, person }: Person,
  activationId: string | undefined,
): Promise<void> {
  await owner.query(
    `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, at) VALUES ($1, $2, $3, $4, $5, 'lead', $6)`,
    [newId(), partnerId, vendorId, activationId, contactId, at(14)],
  );
  const id = newId();
  const amount = [10_001 * (person + 1), person % 6 === 0 ? 'USD' : 'EUR'];
  await owner.query(
    `INSERT INTO leads.deal (id, partner_id, contact_id, activation_id, stage, amount_minor, currency, closed_on, created_at, updated_at)
     VALUES ($1, $2, $3, $4, 'won', $5, $6, $7, $8, $8)`,
    [id, partnerId, contactId, activationId, ...amount, dayAt(20 + person), at(15)],
  );
  await owner.query(
    `UPDATE leads.deal SET stage = CASE WHEN $2 % 8 = 6 THEN 'lost' ELSE stage END, closed_on = closed_on + ($2 % 5),
       refunded_minor = CASE WHEN $2 % 10 = 0 THEN 3334 ELSE 0 END WHERE id = $1`,
    [id, person],
  );
  await owner.query(
    `INSERT INTO leads.deal_event (id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, closed_on, by_name, at)
     SELECT $2, id, partner_id, 'stage', stage, amount_minor, currency, refunded_minor, closed_on, 'Test user', created_at FROM leads.deal WHERE id = $1`,
    [id, newId()],
  );
}

/** @param order of the rows of each table `t`: SQL. */
export async function dumpOf({ owner }: TestInsight, order: string): Promise<Dump> {
  const tables: [string, string][] = [];
  for (const table of LEDGERS) {
    const { rows } = await owner.query<{ rows: string }>(
      `SELECT coalesce(json_agg(t ORDER BY ${order}), '[]')::text AS rows FROM ${table} t`,
    );
    tables.push([table, rows[0]?.rows ?? '[]']);
  }
  return tables;
}

/** Only the ledgers: nothing is counted. */
export async function restore({ owner }: TestInsight, dump: Dump): Promise<void> {
  for (const [table, rows] of dump) {
    const { rows: found } = await owner.query<{ columns: string }>(
      `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    const columns = found[0]?.columns ?? '';
    await owner.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`,
      [rows],
    );
  }
}
