import type { Database } from '#database';
import { type ActivationId, Clock, type ContactId, DAY_MS, MINUTE_MS, newId } from '#kernel';
import { DocumentRequests } from './document-requests.service.js';

class ClockOfTest extends Clock {
  at = Date.parse('2026-11-02T09:00:30Z');
  override now(): Date {
    return new Date(this.at);
  }
}

const SECRET_KEY = 'a key for tests, of 32 characters';
/** Links are computed: nothing is read. */
const NO_DATABASE = null as unknown as Database;

describe('the link of a requested document', () => {
  const clock = new ClockOfTest();
  const beganAt = clock.at;
  const guide = { activationId: newId<ActivationId>(), key: 'guide' };
  const contactId = newId<ContactId>();
  const requestsWith = (SECRET: string, SECRET_KEY_PREVIOUS: string[] = []): DocumentRequests =>
    new DocumentRequests(NO_DATABASE, clock, { SECRET_KEY: SECRET, SECRET_KEY_PREVIOUS });
  const requests = requestsWith(SECRET_KEY);

  beforeEach(() => (clock.at = beganAt));

  it('names its contact for seven days, to this installation alone', () => {
    const token = requests.token(guide, contactId);
    expect(requests.open(guide, token)).toBe(contactId);
    clock.at += 7 * DAY_MS - MINUTE_MS;
    expect(requests.open(guide, token)).toBe(contactId);
    clock.at += MINUTE_MS;
    expect(requests.open(guide, token)).toBeNull();
  });

  it('says nothing of its contact, and is another one each time', () => {
    const [one, other] = [requests.token(guide, contactId), requests.token(guide, contactId)];
    expect(one).not.toBe(other);
    const id = Buffer.from(contactId.replaceAll('-', ''), 'hex');
    for (const token of [one, other]) {
      const bytes = Buffer.from(token, 'base64url');
      expect(bytes.includes(id)).toBe(false);
      // The first bytes of an id are the time at which the contact was created.
      expect(bytes.includes(id.subarray(0, 4))).toBe(false);
    }
  });

  it('delivers one document of one activation, and nothing if a bit of it was changed', () => {
    const token = requests.token(guide, contactId);
    expect(requests.open({ ...guide, key: 'prices' }, token)).toBeNull();
    expect(requests.open({ ...guide, activationId: newId<ActivationId>() }, token)).toBeNull();
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(requests.open(guide, changed.toString('base64url'))).toBeNull();
    }
    for (const other of ['', token.slice(0, -4), `${token}AAAA`, `${token}=`, 'é'])
      expect(requests.open(guide, other)).toBeNull();
  });

  it('works after the key was replaced, and under no other key', () => {
    const token = requests.token(guide, contactId);
    const next = 'another key for tests of 32 signs';
    expect(requestsWith(next, [SECRET_KEY]).open(guide, token)).toBe(contactId);
    expect(requestsWith(next).open(guide, token)).toBeNull();
  });
});
