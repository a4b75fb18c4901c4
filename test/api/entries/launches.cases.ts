import { DAY_MS, HOUR_MS } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import {
  aCampaign,
  contactIdOf,
  enrolmentsOf,
  post,
  prospect,
  reasonsOf,
  requestsTaken,
  waysIn,
  WINDOW,
} from './entries.js';

/** Launches without a list. */
export function launchesCases(): void {
  it('nothing but answers is sent before the start, and a date enters its contact with it', async () => {
    const event = `early-${unique()}`;
    const { versionId } = await aCampaign({
      window: WINDOW,
      entries: [
        { key: 'warranty', date: 'warrantyEndsOn', daysBefore: 30, start: 'proof' },
        { key: 'told', event, start: 'last' },
      ],
      steps: [
        { key: 'proof', email: 'proof', next: 'end' },
        { key: 'last', email: 'last-call' },
      ],
    });
    const { entersBy } = (await owner.get(`/api/v1/offers/${versionId}`).expect(200)).body as { entersBy: string[] };
    expect(entersBy).toEqual(['date', 'event']);
    const [dated, told] = (await stage.aList(owner, [{}, {}])).emails as [string, string];
    const startAt = new Date(stage.api.clock.now().getTime() + 2 * HOUR_MS).toISOString();
    const { body } = await stage.launch(owner, { versionId, lists: { include: [] }, startAt }).expect(201);
    const warranty = { warrantyEndsOn: stage.day(30) };
    await owner.patch(`/api/v1/contacts/${await contactIdOf(dated)}`, warranty).expect(200);
    await owner.post(`/api/v1/contacts/${await contactIdOf(told)}/events`, { name: event }).expect(200);
    await requestsTaken();
    const early = await stage.api.asOwner<{ entryKey: string; dueAt: Date }>(
      `SELECT entry_key AS "entryKey", due_at AS "dueAt" FROM sequences.enrolment WHERE activation_id = $1`,
      [(body as { id: string }).id],
    );
    expect(early).toEqual([{ entryKey: 'told', dueAt: new Date(startAt) }]);
    stage.api.clock.advance(2 * HOUR_MS);
    await Promise.all([stage.mailTo(dated), stage.mailTo(told)]);
    expect([await enrolmentsOf(dated), await enrolmentsOf(told)]).toEqual([['warranty 1'], ['told 1']]);
  });

  // The last one: its clock ends the sessions of users.
  it('people enter a launch without a list, however long ago it began', async () => {
    const { versionId } = await aCampaign(waysIn(`open-${unique()}`));
    const { body } = await stage.launch(owner, { versionId, lists: { include: [] } }).expect(201);
    stage.api.clock.advance(400 * DAY_MS);
    const email = prospect();
    await post(new URL((body as { pageUrl: string }).pageUrl).pathname, email).expect(200);
    await until(async () => (await enrolmentsOf(email)).length > 0, 'the entry');
    expect([await enrolmentsOf(email), await reasonsOf(email)]).toEqual([['answer 1'], []]);
  });
}
