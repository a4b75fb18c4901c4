import { publish, type UploadedVersion, wholeCampaign } from '../../support/campaigns.js';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';

export const WINDOW = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };

/** A short sequence for each way in, beside the one for the list. */
export const waysIn = (event: string) => ({
  window: WINDOW,
  entries: [
    { key: 'list', launch: true, start: 'welcome' },
    { key: 'answer', form: 'any', start: 'thanks' },
    { key: 'trial', event, start: 'proof' },
  ],
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'pause', wait: { days: 4 } },
    { key: 'last', email: 'last-call', next: 'end' },
    { key: 'thanks', email: 'workshop', next: 'end' },
    { key: 'proof', email: 'proof' },
  ],
});

export const aCampaign = async (sequence: object): Promise<UploadedVersion> =>
  publish(stage.vendor, await wholeCampaign(`entries-${unique()}`, undefined, { sequence }), {
    partnerGroupIds: [stage.vendor.groupId],
    opensOn: stage.day(0),
    closesOn: stage.day(300),
  });
export const launched = async (sequence: object = waysIn(`happened-${unique()}`)) =>
  stage.running(owner, { versionId: (await aCampaign(sequence)).versionId });
export const prospect = (): string => `prospect${unique()}@customer.example`;
export const post = (pagePath: string, email: string, message = '') =>
  stage.api.http
    .post(`${pagePath}/form`)
    .type('form')
    .send({ email, firstName: 'Ada', company: 'Quay', message, consent: 'yes' });
export const contactIdOf = async (email: string): Promise<string> =>
  (await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200)).body.items[0].id as string;
export const enrolmentsOf = async (email: string): Promise<string[]> =>
  (
    await stage.api.asOwner<{ entry: string }>(
      `SELECT e.entry_key || ' ' || e.entry_number AS entry FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id
       WHERE c.email = $1 ORDER BY e.enrolled_at, 1`,
      [email],
    )
  ).map(({ entry }) => entry);
export const reasonsOf = async (email: string): Promise<string[]> =>
  (
    await stage.api.asOwner<{ reason: string }>(
      `SELECT n.entry_key || ' ' || n.reason AS reason FROM sequences.not_enrolled n JOIN contacts.contact c ON c.id = n.contact_id
       WHERE c.email = $1 ORDER BY 1`,
      [email],
    )
  ).map(({ reason }) => reason);
export const requestsTaken = (): Promise<void> =>
  until(
    async () =>
      (await stage.api.asOwner('SELECT 1 FROM sequences.entry_request WHERE waits_until IS NULL')).length === 0,
    'every request to be taken',
  );
