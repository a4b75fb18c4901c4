/**
 * Time from the moment a prospect sends the form of a page until the relay has accepted the follow-up.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from './cpu.mjs';

/** A list at launch, and a follow-up for those who send the form. */
export const WAYS_IN = {
  entries: [
    { key: 'list', launch: true, start: 'welcome' },
    { key: 'answer', form: 'any', start: 'thanks' },
  ],
  steps: [
    { key: 'welcome', email: 'welcome', next: 'end' },
    { key: 'thanks', email: 'proof', next: 'end' },
  ],
};

const EVERY_MS = 250;
const PATIENCE_MS = 120_000;
let forms = 0;

/**
 * Sends the form of an activation's page for `count` new people, four a second.
 * @param {string} apiUrl of an API process of the site.
 * @returns milliseconds from sending the form to the accepted follow-up: p50 and p95.
 * @throws if a form is not answered with 200, or a follow-up is missing after two minutes.
 */
export async function entryLateness(site, { owner }, activationId, { apiUrl, count }) {
  const { body } = await owner.get(`/api/v1/activations/${activationId}`).expect(200);
  const formUrl = `${apiUrl}${new URL(body.pageUrl).pathname}/form`;
  const sentAt = new Map();
  const send = async (email) => {
    sentAt.set(email, Date.now());
    const fields = { email, firstName: 'Ada', company: 'Quay', language: 'en', consent: 'yes' };
    const { status } = await fetch(formUrl, { method: 'POST', body: new URLSearchParams(fields) });
    if (status !== 200) throw new Error(`The form was answered with ${status}.`);
  };
  const answers = [];
  for (let n = 0; n < count; n++) {
    answers.push(send(`visitor${(forms += 1)}@harbour.example`));
    await pause(EVERY_MS);
  }
  await Promise.all(answers);
  const accepted = await untilAccepted(site, activationId, [...sentAt.keys()]);
  const tookMs = accepted.map(({ email, at }) => at - sentAt.get(email));
  return { p50Ms: Math.round(percentile(tookMs, 0.5)), p95Ms: Math.round(percentile(tookMs, 0.95)) };
}

async function untilAccepted(site, activationId, emails) {
  for (const began = Date.now(); Date.now() - began < PATIENCE_MS; await pause(200)) {
    const rows = await site.api.asOwner(
      `SELECT c.email, extract(epoch FROM m.settled_at)::float8 * 1000 AS at
       FROM delivery.message m JOIN contacts.contact c ON c.id = m.contact_id
       WHERE m.activation_id = $1 AND m.state = 'accepted' AND c.email = ANY ($2)`,
      [activationId, emails],
    );
    if (rows.length === emails.length) return rows;
  }
  throw new Error(`Not every follow-up was accepted within ${PATIENCE_MS / 1000} s.`);
}
