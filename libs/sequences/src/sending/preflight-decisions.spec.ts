import type { ContactForSending, SendDecision } from '#contacts';
import type { ActivationId, ContactId } from '#kernel';
import { type SlotNodes, slotFromText } from '#rendering';
import { NO_CHOICES } from '#sequencing';
import { EmailsOfDay } from './emails-of-day.js';
import { FrequencyPreferences } from './contact-frequency.service.js';
import { decidePreflight, type PreflightCandidate, type VendorFacts } from './preflight-decisions.js';

const now = new Date('2026-11-24T10:00:00Z');
const ada = 'ada' as ContactId;
const may = { send: true, consentRecordId: 'evidence', basis: 'customer', rules: 1 } as unknown as SendDecision;

const contactOf = (id: ContactId, changes: Partial<ContactForSending> = {}): ContactForSending =>
  ({ id, email: `${id}@Example.test`, timeZone: 'Europe/London', country: 'GB', ...changes }) as ContactForSending;

function candidate(id: string, contactId: ContactId, dueAt = now): PreflightCandidate {
  const running = {
    activation: { status: 'active', choices: NO_CHOICES, timeZone: 'Europe/London', timeZoneSource: 'activation' },
    versionLive: true,
    recalls: [],
    topic: 'offers',
    emails: [],
    sequence: {
      window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      steps: [{ key: 'one', kind: 'email', email: 'welcome' }],
    },
  };
  const activationId = `${id}-activation`;
  const message = {
    id,
    contactId,
    activationId,
    enrolmentId: `${id}-enrolment`,
    stepKey: 'one',
    emailKey: 'welcome',
    dueAt,
  };
  const clock = { timeZone: 'Europe/London', timeZoneSource: 'contact', country: 'GB' };
  return { ...clock, locale: 'en', message, running } as unknown as PreflightCandidate;
}

function factsOf(changes: Partial<VendorFacts> = {}): VendorFacts {
  return {
    halts: { covers: () => false },
    identity: { status: 'ready' } as VendorFacts['identity'],
    servers: [],
    contacts: new Map([[ada, contactOf(ada)]]),
    decisions: new Map([[ada, may]]),
    preferences: new FrequencyPreferences(new Map(), new Map(), now),
    emailsOfDay: new EmailsOfDay(null, []),
    refusedTopics: new Map(),
    pausedUntil: new Map(),
    relaysRestUntil: null,
    relaysBusyUntil: null,
    ...changes,
  };
}

describe('preflight of the messages of one vendor', () => {
  it('passes a message with the evidence of consent', () => {
    const { passed, refused, postponed } = decidePreflight([candidate('a', ada)], factsOf(), now);
    expect(passed.map(({ message, consent }) => [message.id, consent])).toEqual([
      ['a', { consentRecordId: 'evidence', basis: 'customer', rules: 1 }],
    ]);
    expect([refused, postponed]).toEqual([[], []]);
  });

  it('names the variant of what the partner chose', () => {
    const when = { industry: ['finance'] };
    const master = {
      locale: 'en',
      slots: [{ name: 'event', format: 'choice', default: slotFromText('shown') }],
      subject: [],
      text: [{ when: { 'slot.event': ['shown'] }, body: [{ when, body: ['x'], otherwise: [] }], otherwise: [] }],
      html: [],
      preheader: [],
    };
    const contacts = new Map([[ada, contactOf(ada, { industry: 'finance' })]]);
    const variantWith = (slots: Readonly<Record<string, SlotNodes>>): unknown => {
      const one = candidate('a', ada);
      const activation = { ...one.running.activation, slots };
      const running = { ...one.running, activation, emails: [{ key: 'welcome', masters: { en: master } }] };
      const changed = { ...one, running } as unknown as PreflightCandidate;
      return decidePreflight([changed], factsOf({ contacts }), now).passed[0]?.variant;
    };
    expect(variantWith({})).toBe('en; industry=finance');
    expect(variantWith({ event: slotFromText('hidden') })).toBe('en');
  });

  it('refuses the later of two messages to a contact that wants one a week', () => {
    const preferences = new FrequencyPreferences(new Map([[ada, 7]]), new Map(), now);
    const late = candidate('late', ada, new Date('2026-11-24T09:00:00Z'));
    const early = candidate('early', ada, new Date('2026-11-24T08:00:00Z'));
    const { passed, refused } = decidePreflight([late, early], factsOf({ preferences }), now);
    expect(passed.map(({ message }) => message.id)).toEqual(['early']);
    expect(refused.map(({ message, reason }) => [message.id, reason])).toEqual([['late', 'prefers-fewer']]);
  });

  it('lets the later of two campaigns wait for the next day, where the contact is', () => {
    const zone = 'America/Los_Angeles';
    const friday = new Date('2026-11-27T18:00:00Z');
    const contacts = new Map([[ada, contactOf(ada, { timeZone: zone, country: 'US' })]]);
    const early = candidate('early', ada, new Date('2026-11-27T17:00:00Z'));
    const late = candidate('late', ada, friday);
    const facts = factsOf({ contacts, emailsOfDay: new EmailsOfDay(1, []) });
    const { passed, refused, postponed } = decidePreflight([late, early], facts, friday);
    expect(passed.map(({ message }) => message.id)).toEqual(['early']);
    expect(refused).toEqual([]);
    // The campaign sends nothing at the weekend.
    expect(postponed.map(({ reason, until }) => [reason, until.toISOString()])).toEqual([
      ['emails-of-day', '2026-11-30T17:00:00.000Z'],
    ]);
  });

  it('counts the day of the contact, and no e-mail of the same campaign', () => {
    const zone = 'Asia/Tokyo';
    const morning = new Date('2026-11-24T01:00:00Z');
    const contacts = new Map([[ada, contactOf(ada, { timeZone: zone, country: 'JP' })]]);
    const one = candidate('a', ada, morning);
    const own = { contactId: ada, activationId: one.message.activationId, at: morning };
    // 23:30 of the day before in Tokyo.
    const before = { contactId: ada, activationId: 'another' as ActivationId, at: new Date('2026-11-23T14:30:00Z') };
    const facts = factsOf({ contacts, emailsOfDay: new EmailsOfDay(1, [own, before]) });
    expect(decidePreflight([one], facts, morning).passed).toHaveLength(1);
  });

  it('refuses a message whose contact is gone, although a decision was read', () => {
    const { refused } = decidePreflight([candidate('a', ada)], factsOf({ contacts: new Map() }), now);
    expect(refused.map(({ reason }) => reason)).toEqual(['contact-gone']);
  });

  it('refuses a message on a topic that the contact refused', () => {
    const refusedTopics = new Map([[ada, new Set(['offers'])]]);
    const { refused } = decidePreflight([candidate('a', ada)], factsOf({ refusedTopics }), now);
    expect(refused.map(({ reason }) => reason)).toEqual(['topic-refused']);
  });

  it('postpones a message to a paused domain, in lower case', () => {
    const until = new Date('2026-11-24T10:05:00Z');
    const pausedUntil = new Map([['example.test', until]]);
    const { postponed } = decidePreflight([candidate('a', ada)], factsOf({ pausedUntil }), now);
    expect(postponed.map(({ reason, until: at }) => [reason, at])).toEqual([['destination-waits', until]]);
  });

  it('does not count a message that waits against the frequency preference', () => {
    const preferences = new FrequencyPreferences(new Map([[ada, 7]]), new Map(), now);
    const relaysRestUntil = new Date('2026-11-24T10:05:00Z');
    decidePreflight([candidate('a', ada)], factsOf({ preferences, relaysRestUntil }), now);
    expect(preferences.isTooSoon(ada)).toBe(false);
  });

  it('reports a contact whose time zone has changed since it was enrolled', () => {
    const contacts = new Map([[ada, contactOf(ada, { timeZone: 'Europe/Berlin', country: 'DE' })]]);
    const { clockChanges } = decidePreflight([candidate('a', ada)], factsOf({ contacts }), now);
    expect(clockChanges).toEqual([
      { enrolmentId: 'a-enrolment', timeZone: 'Europe/Berlin', timeZoneSource: 'contact', country: 'DE' },
    ]);
  });

  it('reports no clock change for a contact that is gone', () => {
    expect(decidePreflight([candidate('a', ada)], factsOf({ contacts: new Map() }), now).clockChanges).toEqual([]);
  });
});
