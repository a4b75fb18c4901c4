import { Offers, PartnerCampaignInsight, PartnerInsight } from '#contracts';
import { until } from '../support/until.js';
import type { Portal, Visitor } from './portal.js';
import { sharedPortal } from './shared-portal.js';

export const CAMPAIGN = 'Zero trust at the edge';
/** Mails go out by each recipient’s working hours, all around the world. */
const STEP_MS = 6 * 3_600_000;
const STEPS_AT_MOST = 24 * 4;

/** By request: the form has tests of its own. */
export async function launchCampaign({ page }: Visitor): Promise<void> {
  const { items } = Offers.parse(await (await page.request.get('/api/v1/offers')).json());
  const { versionId } = items.find(({ title }) => title === CAMPAIGN) ?? items[0]!;
  const lists = (await (await page.request.get('/api/v1/contact-lists')).json()) as { items: { id: string }[] };
  const { csrfToken } = (await (await page.request.get('/api/v1/session')).json()) as { csrfToken: string };
  const answer = await page.request.post('/api/v1/activations', {
    headers: { 'Idempotency-Key': 'for-the-results', 'X-CSRF-Token': csrfToken },
    data: { versionId, listId: lists.items[0]!.id },
  });
  expect([await answer.text(), answer.status()]).toEqual([expect.anything(), 201]);
}

/**
 * Whether nothing is due or under way; what waits for another reason delays a
 * step of the clock by two seconds at most.
 */
async function isSent({ standalone }: Portal): Promise<boolean> {
  const now = await standalone.now();
  const [open] = await standalone.asOwner<{ n: number }>(
    `SELECT ((SELECT count(*) FROM delivery.message WHERE state IN ('leased', 'releasing'))
       + (SELECT count(*) FROM sequences.enrolment WHERE state = 'running' OR (state = 'waiting' AND due_at <= $1)))::int AS n`,
    [now],
  );
  return open?.n === 0;
}

export async function advance(portal: Portal, byMs: number): Promise<void> {
  const to = new Date((await portal.standalone.now()).getTime() + byMs).toISOString();
  await fetch(`${portal.standalone.url}/api/v1/clock/advance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
  await until(() => isSent(portal), 'what is due to be sent', 15_000).catch(() => undefined);
}

/**
 * Moves the clock four times a day, until a partner has sent a step in variants.
 * @returns the campaign's id.
 */
export async function untilVariantsAreSent(portal: Portal, { page }: Visitor): Promise<string> {
  for (let steps = 0; steps < STEPS_AT_MOST; steps++) {
    await advance(portal, STEP_MS);
    const own = PartnerInsight.parse(await (await page.request.get('/api/v1/insight')).json());
    const campaignId = own.campaigns.find(({ title }) => title === CAMPAIGN)?.campaignId;
    if (campaignId === undefined) continue;
    const path = `/api/v1/insight/campaigns/${campaignId}`;
    const { steps: sent } = PartnerCampaignInsight.parse(await (await page.request.get(path)).json());
    const conditions = sent.flatMap(({ variants }) => variants.flatMap((variant) => variant.conditions));
    if (conditions.includes('industry=finance|insurance')) return campaignId;
  }
  throw new Error('No step was sent in variants.');
}

interface SentCampaign {
  readonly portal: Portal;
  readonly lucia: Visitor;
  readonly campaignId: string;
}

/** A partner of the shared portal that has sent a step in variants, before the first test. */
export function sentCampaign(): () => SentCampaign {
  const shared = sharedPortal();
  let sent: SentCampaign | undefined;
  beforeAll(async () => {
    const portal = await shared.open();
    const lucia = await portal.signIn('lucia@solmar.example');
    await launchCampaign(lucia);
    sent = { portal, lucia, campaignId: await untilVariantsAreSent(portal, lucia) };
  }, 600_000);
  afterAll(() => shared.close());
  return () => sent!;
}
