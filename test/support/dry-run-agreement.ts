import { parse, stringify } from 'yaml';
import type { DryRunView, ForecastContactView } from '#contracts';
import { readPackage, writeZip } from '#content';
import { AdjustableClock, MINUTE_MS } from '#kernel';
import { type UploadedVersion, wholeCampaign } from './campaigns.js';
import type { TestProduct } from './test-product.js';
import { until } from './until.js';

/**
 * More mails in a week than the cap allows, over a weekend; some need a field
 * that not each contact has.
 */
export const EIGHT_MAILS = [
  ...[24, 2, 2, 20, 20].flatMap((hours, mail) => [
    { key: `pause-${mail}`, wait: { hours } },
    { key: `mail-${mail}`, email: `m${mail}` },
  ]),
  { key: 'later', wait: { days: 6 } },
  { key: 'mail-5', email: 'm5' },
  { key: 'much-later', wait: { days: 20 } },
  { key: 'mail-6', email: 'm6' },
  { key: 'at-last', wait: { days: 3 } },
  { key: 'mail-7', email: 'm7' },
];

const MAILS = ['welcome', 'proof', 'workshop', 'last-call'];
/**
 * A transient refusal is tried again a few minutes later. Nothing else takes
 * time on a clock that stands still.
 */
const DRIFT_MS = 20 * MINUTE_MS;
const PAGE = 200;

/**
 * Stands still unless it is moved, so that a decision is made at the moment
 * when it is due, on any machine.
 */
export class StillClock extends AdjustableClock {
  private readonly began = Date.now();

  override now(): Date {
    return new Date(this.began + this.aheadMs);
  }
}

/**
 * The partner, the version and the list of a forecast and of the launch that is
 * compared with it.
 */
export interface Trial {
  readonly partner: TestProduct['partner'];
  readonly versionId: UploadedVersion['versionId'];
  readonly listId: string;
}

export interface Comparison {
  readonly people: number;
  readonly compared: number;
  readonly disagreements: number;
  /** The first of them. */
  readonly examples: readonly object[];
  /** How many decisions there were of each outcome and reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** How many e-mails had to wait, by the limit. */
  readonly waits: Readonly<Record<string, number>>;
  readonly forecast: DryRunView;
  readonly seconds: { readonly forecast: number; readonly people: number; readonly realRun: number };
}

type Tell = (line: string) => void;

/**
 * Forecasts a launch, launches, moves the clock until each enrolment has ended,
 * and compares each decision.
 */
export async function compare(stage: TestProduct, trial: Trial, tell: Tell = () => undefined): Promise<Comparison> {
  const startAt = stage.inDays(0);
  const [forecast, forecastSeconds] = await timed(() => forecastOf(trial, startAt));
  tell(`The forecast took ${forecastSeconds} s.`);
  const [, peopleSeconds] = await timed(() => writeDown(stage, trial, startAt));
  tell(`All contacts, page by page, took ${peopleSeconds} s.`);
  const { versionId, listId, partner } = trial;
  const { body } = await stage.launch(partner.owner, { versionId, listId }).expect(201);
  const { id } = body as { id: string };
  const [, realSeconds] = await timed(() => untilTheEnd(stage, id, tell));
  return {
    ...(await compared(stage, id)),
    forecast,
    seconds: { forecast: forecastSeconds, people: peopleSeconds, realRun: realSeconds },
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await work(), Math.round((performance.now() - began) / 100) / 10];
}

async function forecastOf({ partner, versionId, listId }: Trial, startAt: string): Promise<DryRunView> {
  const { body } = await partner.owner.post(`/api/v1/offers/${versionId}/dry-run`, { listId, startAt }).expect(200);
  return body as DryRunView;
}

/**
 * Writes the forecast of each contact into a table, page by page, so that
 * 100,000 contacts need no memory.
 */
async function writeDown({ api }: TestProduct, { partner, versionId, listId }: Trial, startAt: string): Promise<void> {
  await api.asOwner(`DROP TABLE IF EXISTS public.foreseen`);
  await api.asOwner(
    `CREATE TABLE public.foreseen (contact_id uuid, step_key text, outcome text, reason text, at timestamptz, waits text[])`,
  );
  for (let cursor = ''; ;) {
    const path = `/api/v1/offers/${versionId}/dry-run/people?limit=${PAGE}${cursor}`;
    const { body } = await partner.owner.post(path, { listId, startAt }).expect(200);
    const { items, nextCursor } = body as { items: ForecastContactView[]; nextCursor: string | null };
    const rows = items.flatMap(({ contactId, steps }) =>
      steps.map(({ stepKey, outcome, why, at, waits }) => ({
        contact_id: contactId,
        step_key: stepKey,
        outcome,
        reason: why?.reason ?? 'sent',
        at,
        waits: waits.map(({ reason }) => reason),
      })),
    );
    await api.asOwner(
      `INSERT INTO public.foreseen SELECT * FROM jsonb_to_recordset($1) AS f (contact_id uuid, step_key text, outcome text, reason text, at timestamptz, waits text[])`,
      [JSON.stringify(rows)],
    );
    if (nextCursor === null) return;
    cursor = `&cursor=${nextCursor}`;
  }
}

/**
 * Moves the clock to the next due moment, again and again, until no enrolment
 * is active.
 */
async function untilTheEnd({ api }: TestProduct, activationId: string, tell: Tell): Promise<void> {
  const ask = async (): Promise<{ next: Date | null; open: number; enrolled: boolean }> =>
    (
      await api.asOwner<{ next: Date | null; open: number; enrolled: boolean }>(
        `SELECT least((SELECT min(due_at) FROM sequences.due), (SELECT min(retry_at) FROM delivery.message WHERE retry_at IS NOT NULL)) AS next,
           (SELECT count(*)::int FROM delivery.message WHERE state IN ('leased', 'releasing')) AS open,
           (SELECT enrolled_at IS NOT NULL FROM activations.activation WHERE id = $1) AS enrolled`,
        [activationId],
      )
    )[0]!;
  const isQuiet = async (): Promise<boolean> => {
    const { next, open, enrolled } = await ask();
    return enrolled && open === 0 && (next === null || next > api.clock.now());
  };
  for (;;) {
    await until(isQuiet, 'all that is due to be decided', 30 * MINUTE_MS);
    const { next } = await ask();
    if (next === null) return;
    tell(`On to ${next.toISOString()}.`);
    api.clock.advance(next.getTime() - api.clock.now().getTime());
  }
}

async function compared({ api }: TestProduct, activationId: string): Promise<Omit<Comparison, 'forecast' | 'seconds'>> {
  const pairs = `FROM public.foreseen f FULL JOIN (SELECT * FROM sequences.step_execution WHERE activation_id = $1) s
    ON s.contact_id = f.contact_id AND s.step_key = f.step_key`;
  const isSame = `(s.outcome = f.outcome AND s.reason = f.reason AND abs(extract(epoch FROM s.decided_at - f.at)) * 1000 <= ${DRIFT_MS})`;
  const [counts] = await api.asOwner<Pick<Comparison, 'people' | 'compared' | 'disagreements'>>(
    `SELECT (SELECT count(DISTINCT contact_id)::int FROM public.foreseen) AS people, count(*)::int AS compared,
       (count(*) FILTER (WHERE ${isSame} IS NOT TRUE))::int AS disagreements ${pairs}`,
    [activationId],
  );
  const examples = await api.asOwner<object>(
    `SELECT coalesce(f.contact_id, s.contact_id) AS contact, coalesce(f.step_key, s.step_key) AS step, f.reason AS foreseen, f.at AS "foreseenAt", f.waits,
       s.reason AS real, s.decided_at AS "realAt" ${pairs} WHERE ${isSame} IS NOT TRUE ORDER BY 1, 2 LIMIT 10`,
    [activationId],
  );
  const reasons = await api.asOwner<{ reason: string; n: number }>(
    'SELECT reason, count(*)::int AS n FROM sequences.step_execution WHERE activation_id = $1 GROUP BY 1 ORDER BY 1',
    [activationId],
  );
  const waits = await api.asOwner<{ reason: string; n: number }>(
    'SELECT w AS reason, count(*)::int AS n FROM public.foreseen, unnest(waits) w GROUP BY 1 ORDER BY 1',
  );
  const entries = (rows: readonly { reason: string; n: number }[]): Record<string, number> =>
    Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
  if (counts === undefined) throw new Error('Nothing was compared.');
  return { ...counts, examples, reasons: entries(reasons), waits: entries(waits) };
}

/**
 * The shipped campaign in English with another sequence. One of its mails needs
 * the company of the contact.
 */
export async function campaignOf(steps: readonly object[], name = 'dry-run', rules: object = {}): Promise<Buffer> {
  const read = await readPackage({ zip: await wholeCampaign(name) });
  if (!read.ok) throw new Error('The shipped campaign is broken.');
  const files = new Map(read.pkg.files);
  const definition = parse(files.get('campaign.yaml')!.toString()) as {
    emails: Record<string, object>;
    sequence: { window: object };
  };
  const { window } = definition.sequence;
  const used = new Set(steps.flatMap((step) => ('email' in step ? [step.email] : [])));
  const emails = Object.fromEntries(
    Array.from({ length: 8 }, (_, n) => [`m${n}`, definition.emails[MAILS[n % MAILS.length]!]] as const).filter(
      ([key]) => used.has(key),
    ),
  );
  const changed = { ...definition, emails, sequence: { window, ...rules, steps } };
  files.set('campaign.yaml', Buffer.from(stringify(changed)));
  const proof = files.get('emails/proof.mjml')!.toString();
  const greeting = '<mj-section><mj-column><mj-text>{{recipient.company}}</mj-text></mj-column></mj-section></mj-body>';
  files.set('emails/proof.mjml', Buffer.from(proof.replace('</mj-body>', greeting)));
  return writeZip({ files });
}

/**
 * Contacts of each kind: with and without time zone, country, permission,
 * company and preferences.
 */
export async function crowd(
  { api }: TestProduct,
  partner: TestProduct['partner'],
  people: number,
  name = 'crowd',
): Promise<string> {
  const { body } = await partner.owner.post('/api/v1/contact-lists', { name: 'A crowd' }).expect(201);
  const { id: listId } = body as { id: string };
  await api.asOwner(
    `WITH person AS (
       SELECT n, uuidv7() AS id, $5 || n || '@customer' || n % 50 || '.example' AS email,
         (ARRAY[NULL, 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'])[1 + n % 6] AS zone,
         (ARRAY[NULL, 'GB', 'DE', 'US', 'JP'])[1 + n % 5] AS country
       FROM generate_series(1, $3::int) n),
     made AS (
       INSERT INTO contacts.contact (id, partner_id, email, email_normalised, first_name, company, country, time_zone, language, created_at, updated_at)
       SELECT id, $1, email, email, 'Maya', CASE WHEN n % 11 = 0 THEN NULL ELSE 'Harbour' END, country, zone, CASE WHEN n % 4 = 0 THEN 'de' END, $4, $4 FROM person),
     listed AS (INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) SELECT $2, id, $1, $4 FROM person),
     wishes AS (INSERT INTO contacts.preference (contact_id, partner_id, at_most_every_days, set_at) SELECT id, $1, 3, $4 FROM person WHERE n % 17 = 0),
     refused AS (INSERT INTO contacts.refused_topic (contact_id, partner_id, topic, set_at) SELECT id, $1, 'security', $4 FROM person WHERE n % 19 = 0)
     INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, expires_on, recorded_at)
     SELECT uuidv7(), $1, id, CASE WHEN n % 13 = 0 THEN 'unknown' ELSE 'customer' END, 'import',
       CASE WHEN n % 7 = 0 THEN ($4::timestamptz + interval '12 days')::date END, $4 FROM person`,
    [partner.id, listId, people, api.clock.now(), name],
  );
  for (const n of [5, 6]) {
    const email = `${name}${n}@customer${n % 50}.example`;
    await partner.owner.post('/api/v1/suppressions', { email, reason: 'requested' }).expect(201);
  }
  return listId;
}
