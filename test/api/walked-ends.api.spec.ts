import fc from 'fast-check';
import { ActivationControl } from '#activations';
import { DAY_MS } from '#kernel';
import { writtenSequences } from '../../libs/sequencing/src/sequence.fixture.js';
import { publish } from '../support/campaigns.js';
import { campaignOf, StillClock } from '../support/dry-run-agreement.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const SEQUENCES = Number(process.env['SEQUENCES'] ?? (process.env['LONG'] === '1' ? 500 : 20));
/** Walked together, because moving the calendar costs the same for one. */
const AT_ONCE = 50;
const SEED = 20_261_126;
const COMPANY = 'Juniper Software';
const REST_MS = 20 * 60_000;
/** The longest of these paths takes 8 waits of 200 hours. */
const LOOKS_AFTER_DAYS = [0, 1, 2, 3, 5, 8, 12, 17, 23, 30, 40, 55, 75, 100];

const byCompany = (to: string, other: string): object[] => [
  { field: 'company', is: [COMPANY], then: to },
  { click: 'any', then: other },
];

/** The e-mails m0 to m7 exist; some branch asks for the value. */
const isPublishable = ({ steps }: { readonly steps: readonly object[] }): boolean =>
  steps.some((step) => 'branch' in step) &&
  steps.some((step) => 'email' in step) &&
  !steps.some((step) => 'email' in step && step.email === 'm8');

/**
 * Random sequences with branches on a field, each walked by a contact with the
 * value and by one without it, at two partners.
 */
describe('the end of an activation of any sequence, as its vendor sees it', () => {
  let stage: TestProduct;
  let control: ActivationControl;
  let partners: readonly TestPartner[];

  beforeAll(async () => {
    stage = await openTestProduct(
      { FREQUENCY_CAP: '100', PARTNER_FREQUENCY_CAP: '100' },
      {},
      { clock: new StillClock() },
    );
    control = stage.api.app.get(ActivationControl, { strict: false });
    partners = [await stage.aCompletePartner(), await stage.aCompletePartner()];
  });
  afterAll(() => stage.close());

  interface Walked {
    readonly path: string;
    /** With the value, and without it. */
    readonly activations: readonly string[];
  }

  const walked = async (steps: readonly object[], goals: readonly object[], name: string): Promise<Walked> => {
    const { versionId, campaignId } = await publish(stage.vendor, await campaignOf(steps, name, { goals }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
    const activations: string[] = [];
    for (const [at, company] of [COMPANY, 'Another'].entries()) {
      const { owner } = partners[at]!;
      const list = await stage.aList(owner, [{ company }]);
      const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
      activations.push((body as { id: string }).id);
    }
    return { path: `/api/v1/campaigns/${campaignId}`, activations };
  };
  const atRest = (): Promise<void> =>
    until(
      async () => {
        const [row] = await stage.api.asOwner<{ open: boolean }>(
          `SELECT EXISTS (SELECT FROM delivery.message WHERE state IN ('leased', 'releasing') OR retry_at <= $1)
             OR EXISTS (SELECT FROM sequences.due WHERE due_at <= $1)
             OR EXISTS (SELECT FROM activations.activation WHERE enrolled_at IS NULL) AS open`,
          [stage.api.clock.now()],
        );
        return row?.open === false;
      },
      'all that is due',
      REST_MS,
    );
  /** All that the vendor reads of each of the two, without its ids. */
  const seen = async ({ path, activations }: Walked): Promise<string[]> => {
    const { body } = await stage.vendor.editor.get(`${path}/activations`).expect(200);
    const { items } = body as { items: { id: string }[] };
    const events = await stage.api.asOwner<{ id: string }>(
      `SELECT data ->> 'activationId' AS id, type, data - 'activationId' - 'partnerId' AS data, occurred_at AS at
       FROM webhooks.event WHERE organisation_id = $1 AND data ->> 'activationId' = ANY ($2) ORDER BY position`,
      [stage.vendor.vendorId, activations],
    );
    return activations.map((id) =>
      JSON.stringify({
        page: { ...items.find((item) => item.id === id), id: '', partnerId: '' },
        events: events.filter((event) => event.id === id).map((event) => ({ ...event, id: '' })),
      }),
    );
  };
  const ended = async (): Promise<readonly { readonly id: string; readonly at: Date | null }[]> =>
    stage.api.asOwner('SELECT id, ended_at AS at FROM activations.activation');

  it(
    'is the same with and without the value, on every day',
    async () => {
      const drawn = fc.sample(writtenSequences((at) => `m${at}`, byCompany).filter(isPublishable), {
        numRuns: SEQUENCES,
        seed: SEED,
      });
      let [differing, apart] = [0, 0];
      for (let from = 0; from < drawn.length; from += AT_ONCE) {
        stage.toWorkingHours();
        const some: Walked[] = [];
        for (const [at, { steps, goals }] of drawn.slice(from, from + AT_ONCE).entries())
          some.push(await walked(steps, goals, `walked-${from + at}`));
        const began = stage.api.clock.now();
        for (const days of LOOKS_AFTER_DAYS) {
          const aheadMs = began.getTime() + days * DAY_MS - stage.api.clock.now().getTime();
          if (aheadMs > 0) stage.api.clock.advance(aheadMs);
          await atRest();
          await control.notifyOfPlannedEnds();
          for (const one of some) {
            const [withValue, without] = await seen(one);
            if (withValue !== without) differing++;
            expect(withValue).toBe(without);
          }
        }
        const endOf = new Map((await ended()).map(({ id, at }) => [id, at?.getTime() ?? null]));
        apart += some.filter(({ activations: [one = '', other = ''] }) => endOf.get(one) !== endOf.get(other)).length;
      }
      process.stdout.write(`${drawn.length} sequences; ${apart} ended at different moments; seen: ${differing}\n`);
      expect(differing).toBe(0);
      // Otherwise there was nothing to see.
      expect(apart).toBeGreaterThan(drawn.length / 10);
    },
    4 * 3_600_000,
  );
});
