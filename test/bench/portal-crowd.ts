import { z } from 'zod';
import {
  ActivationDetail,
  Campaigns,
  CampaignVersionCard,
  CampaignVersionDetail,
  ContactCount,
  ContactImport,
  ContactLists,
  OfferDetail,
  Offers,
  OptOutImport,
  PartnerGroups,
} from '#contracts';
import { DAY_MS } from '#kernel';
import { Person, upload } from '../journeys/person.js';
import { until } from '../support/until.js';

/** The size of the database for the measurements. */
export interface Scale {
  readonly campaigns: number;
  readonly partners: number;
  /** Contacts of the measured partner. Every other partner has a hundred. */
  readonly contacts: number;
  /** The contacts that each launch of that partner reached, oldest first. */
  readonly launches: readonly number[];
  /** Launches of all other partners, to a hundred contacts each. */
  readonly otherLaunches: number;
  /** Of which the measured partner has a tenth. */
  readonly deals: number;
}

const repeated = (times: number, n: number): number[] => Array.from({ length: times }, () => n);

/**
 * More than 5,000,000 step executions: about four steps for 652,000 contacts of
 * the measured partner and 600,000 of the others.
 */
export const FULL: Scale = {
  campaigns: 200,
  partners: 2_000,
  contacts: 500_000,
  otherLaunches: 6_000,
  deals: 100_000,
  launches: [...repeated(24, 100), ...repeated(10, 10_000), ...repeated(4, 50_000), 100_000, 250_000],
};
/** The same proportions, a fiftieth of the size. */
export const QUICK: Scale = {
  campaigns: 20,
  partners: 100,
  contacts: 10_000,
  otherLaunches: 300,
  deals: 2_000,
  launches: [...repeated(6, 100), ...repeated(4, 1_000), 2_000, 5_000],
};

export const PASSWORD = 'northwind demo';
export const SEATS = {
  marketer: 'maya@northwind.example',
  approver: 'arun@northwind.example',
  partner: 'olivia@brightwater.example',
} as const;

/** Data made over the API, on which the history is based. */
export interface Crowd {
  /** The measured partner's activations, in the order of `Scale.launches`. */
  readonly activationIds: readonly string[];
  /** Steps that send an e-mail, by campaign, in order. */
  readonly steps: readonly { readonly campaignId: string; readonly stepKey: string; readonly emailKey: string }[];
}

const day = (ahead: number): string => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
/** The crowd gets no mail during a measurement. */
const LAUNCHES_BEGIN_MS = 20 * DAY_MS;
const ROWS_OF_A_FILE = 100_000;
const ONE_IN = 50;

/**
 * Fills a running product over its API: compiles and publishes campaigns,
 * imports contacts, bakes and seals launches.
 */
export async function gatherCrowd(url: string, scale: Scale, say: (line: string) => void): Promise<Crowd> {
  const signIn = (email: string): Promise<Person> => Person.signIn(url, email, PASSWORD);
  const partner = await signIn(SEATS.partner);
  say(`${scale.contacts} contacts, imported`);
  await importContacts(partner, scale.contacts);
  await publishCampaigns(await signIn(SEATS.marketer), await signIn(SEATS.approver), scale.campaigns, say);
  say(`${scale.launches.length} launches`);
  return launchAll(partner, scale.launches.length);
}

const THEMES = ['Security', 'Cloud', 'Backup', 'Networking', 'Workplace', 'Data', 'Resilience', 'Identity'];

async function publishCampaigns(
  marketer: Person,
  approver: Person,
  count: number,
  say: (line: string) => void,
): Promise<void> {
  const groups = (await marketer.call('partner-groups', PartnerGroups)).items;
  for (let at = groups.length; at < 20; at += 1)
    await marketer.call('partner-groups', z.unknown(), {
      method: 'POST',
      json: { name: `Wave ${at}`, rule: { tiers: [at % 2 === 0 ? 'gold' : 'silver'] } },
    });
  const allPartners = groups.find(({ rule }) => Object.keys(rule).length === 0)?.id;
  const { items } = await marketer.call('campaigns', Campaigns);
  for (let at = items.length; at < count; at += 1) {
    if (at % 20 === 0) say(`campaign ${at} of ${count}, compiled and published`);
    const template = at % 2 === 0 ? 'zero-trust-edge' : 'cloud-cost-clarity';
    const { campaignId, number } = await marketer.call('campaign-copies', CampaignVersionCard, {
      method: 'POST',
      json: { from: { template }, title: `${THEMES[at % THEMES.length] ?? ''} season ${at}` },
    });
    const move = (person: Person, to: string, json?: object): Promise<CampaignVersionCard> =>
      person.call(`campaigns/${campaignId}/versions/${number}/${to}`, CampaignVersionCard, {
        method: 'POST',
        ...(json === undefined ? {} : { json }),
      });
    // The texts of the template are meant here.
    const { warnings } = await marketer.call(`campaigns/${campaignId}/versions/${number}`, CampaignVersionDetail);
    await move(marketer, 'confirmations', {
      problems: warnings.map(({ code, file, message }) => ({ code, file, message })),
    });
    await move(marketer, 'submit');
    await move(approver, 'approve');
    await move(marketer, 'publish', { partnerGroupIds: [allPartners], opensOn: day(0), closesOn: day(1_000) });
  }
}

const FIRST = ['Anna', 'Bjørn', 'Chloé', 'David', 'Émile', 'Fatma', 'Grace', 'Jürgen', 'Kenji', 'Lucía', 'Marek'];
const LAST = ['Schmidt', 'Larsen', 'Dubois', 'Neal', 'Yılmaz', 'Kowalski', 'Rossi', 'Öztürk', 'Tanaka', 'García'];
const TRADES = ['Logistics', 'Bank', 'Foods', 'Energy', 'Clinic', 'Motors', 'Textiles'];

const addressOf = (at: number): string => `reader${at}@crowd${at % 997}.example`;

function fileOf(from: number, to: number): Buffer {
  const lines = ['E-Mail;First name;Last name;Company;Country;Industry'];
  for (let at = from; at < to; at += 1) {
    const trade = TRADES[at % TRADES.length] ?? '';
    const country = ['GB', 'DE', 'FR', 'US'][at % 4] ?? '';
    const name = `${FIRST[at % FIRST.length] ?? ''};${LAST[at % LAST.length] ?? ''}`;
    lines.push(`${addressOf(at)};${name};Crowd ${at % 997} ${trade};${country};${trade}`);
  }
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** Lists of one partner: their share of the contacts, and their legal basis. */
const LISTS = [
  { name: 'Customers', basis: 'customer', share: 0.5 },
  { name: 'Newsletter', basis: 'opt-in', share: 0.3 },
  { name: 'Trade fair', basis: 'unknown', share: 0.12 },
  { name: 'Webinar', basis: 'legitimate-interest', share: 0.06 },
  { name: 'Invited', basis: 'customer', share: 0.02 },
] as const;

async function importContacts(partner: Person, count: number): Promise<void> {
  let from = 0;
  for (const { name, basis, share } of LISTS) {
    const until = from + Math.round(count * share);
    for (; from < until; from = Math.min(until, from + ROWS_OF_A_FILE))
      await importFile(partner, fileOf(from, Math.min(until, from + ROWS_OF_A_FILE)), name, basis);
  }
  // Contacts that are on other lists too.
  for (let at = 0; at < 10; at += 1)
    await importFile(partner, fileOf(at * 100, at * 100 + Math.min(5_000, count / 4)), `Region ${at}`, 'customer');
  await expire(partner);
  const left = Array.from({ length: count / ONE_IN }, (_, at) => addressOf(at * ONE_IN));
  await partner.call('suppressions/import', OptOutImport, {
    method: 'POST',
    form: upload('file', Buffer.from(['email', ...left].join('\n')), 'left.csv'),
  });
}

async function importFile(partner: Person, file: Buffer, listName: string, consentBasis: string): Promise<void> {
  const fields = { listName, consentBasis, consentEvidence: 'An export of the customer database' };
  const form = upload('file', file, `${listName}.csv`, fields);
  const { id } = await partner.call('contact-imports', ContactImport, { method: 'POST', form });
  const isOver = async (): Promise<boolean> =>
    (await partner.call(`contact-imports/${id}`, ContactImport)).status === 'completed';
  await until(isOver, `the import of ${listName}`, 600_000);
}

/** The legal basis of the smallest list has expired. */
async function expire(partner: Person): Promise<void> {
  const listId = (await partner.call('contact-lists', ContactLists)).items.find(({ name }) => name === 'Invited')?.id;
  const { count } = await partner.call(`contacts/count?listId=${listId}&consent=recorded`, ContactCount);
  const consent = { basis: 'customer', evidence: 'An old contract', expiresOn: day(-30) };
  const status = await partner.status('contacts/consent', {
    method: 'POST',
    json: { filter: { listId, consent: 'recorded' }, expected: count, consent },
  });
  if (status !== 204) throw new Error(`One consent for ${count} contacts was answered with ${status}.`);
}

/**
 * Each to one contact, in three weeks. Earlier recipients are written as
 * history.
 */
async function launchAll(partner: Person, count: number): Promise<Crowd> {
  await importFile(partner, fileOf(0, 1), 'A launch begins with one', 'customer');
  const lists = (await partner.call('contact-lists', ContactLists)).items;
  const listId = lists.find(({ size }) => size === 1)?.id;
  const offers = (await partner.call('offers', Offers)).items;
  const activationIds: string[] = [];
  const startAt = new Date(Date.now() + LAUNCHES_BEGIN_MS).toISOString();
  for (const { versionId } of offers.slice(0, count)) {
    const { id } = await partner.call('activations', ActivationDetail, {
      method: 'POST',
      json: { versionId, listId, startAt },
      headers: { 'idempotency-key': `bench-portal-${versionId}` },
    });
    activationIds.push(id);
  }
  const isEnrolled = async (): Promise<boolean> =>
    (await partner.call(`activations/${activationIds.at(-1) ?? ''}`, ActivationDetail)).contacts === 1;
  await until(isEnrolled, 'the last launch', 300_000);
  const steps: Crowd['steps'][number][] = [];
  for (const { versionId, campaignId } of offers) {
    const { emails } = await partner.call(`offers/${versionId}`, OfferDetail);
    steps.push(...emails.map(({ stepKey, key }) => ({ campaignId, stepKey, emailKey: key })));
  }
  return { activationIds, steps };
}
