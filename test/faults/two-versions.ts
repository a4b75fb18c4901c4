import { until } from '../support/until.js';
import type { FaultSite } from './fault-site.js';

const SUBJECTS = ['One of the first version', 'One of the second version'] as const;

export interface VersionsReport {
  readonly people: number;
  /**
   * Messages by version of their activation and of their subject: `1 1`, `2 2`.
   */
  readonly sent: Readonly<Record<string, number>>;
  /** Contacts with more than one message. */
  readonly twice: number;
}

/**
 * Launches a version. While it is sent, publishes the next version, and
 * launches it to half of the same contacts and as many others, by the same
 * partner. Kills a scheduler in between.
 */
export async function launchTwoVersions(faults: FaultSite, people: number): Promise<VersionsReport> {
  const { server, site } = faults;
  const withSubject = (subject: string) => (texts: string) =>
    texts.replace(/^( {2}subject: )'An intruder[^']*'/m, `$1'${subject}'`);
  const partner = await site.aPartner('Both IT');
  const [both, second] = [await site.aList(partner, people), await site.aList(partner, people / 2)];
  await site.api.asOwner(
    `INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
     SELECT $1, contact_id, partner_id, now() FROM contacts.contact_list_member WHERE list_id = $2 ORDER BY contact_id LIMIT $3`,
    [second, both, people / 2],
  );
  const before = server.accepted.size;
  const first = await site.activate(partner, both, { versionId: await site.nextVersion(withSubject(SUBJECTS[0])) });
  await until(() => server.accepted.size > before + people / 10, 'the first mails');
  const next = await site.activate(partner, second, { versionId: await site.nextVersion(withSubject(SUBJECTS[1])) });
  await faults.kill('scheduler-1');
  await faults.start('scheduler-1');
  await faults.settled(120_000);
  const rows = await site.api.asOwner<{ id: string; contactId: string; version: number }>(
    `SELECT id, contact_id AS "contactId", CASE activation_id WHEN $1 THEN 1 ELSE 2 END AS version FROM delivery.message WHERE activation_id IN ($1, $2)`,
    [first, next],
  );
  const sent = rows.filter(({ id }) => server.accepted.has(id));
  const counts: Record<string, number> = {};
  for (const { id, version } of sent) {
    const kind = `${version} ${SUBJECTS.findIndex((subject) => server.subjects.get(id) === subject) + 1}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const written = new Set(sent.map(({ contactId }) => contactId));
  return { people: people * 1.5, sent: counts, twice: sent.length - written.size };
}
