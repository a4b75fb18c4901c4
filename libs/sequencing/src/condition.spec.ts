import { type Facts, type SequenceEvent, isTrue, NOTHING_KNOWN } from './condition.js';
import type { Condition } from './step.js';

const NOON = new Date('2026-11-24T12:00:00Z');
const earlier = new Date('2026-11-24T11:00:00Z');
const happened = (kind: SequenceEvent['kind'], name: string | null, at = NOON): Facts => ({
  ...NOTHING_KNOWN,
  events: [{ kind, name, at }],
});

describe('a condition', () => {
  it.each([
    ['a click on a link', { on: 'click', link: 'demo' }, happened('click', 'demo'), happened('click', 'brochure')],
    ['any click', { on: 'click', link: null }, happened('click', 'brochure'), happened('form', 'brochure')],
    ['a form of a page', { on: 'form', page: 'landing' }, happened('form', 'landing'), happened('form', 'event')],
    ['any form', { on: 'form', page: null }, happened('form', 'landing'), happened('reply', null)],
    ['an answer', { on: 'reply' }, happened('reply', null), happened('click', 'demo')],
    ['an event', { on: 'event', name: 'trial' }, happened('event', 'trial'), happened('event', 'order')],
    [
      'a state of the lead',
      { on: 'lead', states: ['accepted', 'working'] },
      { ...NOTHING_KNOWN, leadState: 'working' },
      { ...NOTHING_KNOWN, leadState: 'lost' },
    ],
    ['a lead at all', { on: 'lead', states: ['new'] }, { ...NOTHING_KNOWN, leadState: 'new' }, NOTHING_KNOWN],
    [
      'a list, however its name is written',
      { on: 'list', list: 'Trade fair' },
      { ...NOTHING_KNOWN, lists: ['Customers', ' trade FAIR'] },
      { ...NOTHING_KNOWN, lists: ['Trade'] },
    ],
    [
      'a value of a field',
      { on: 'field', field: 'country', values: ['DE', 'AT'], isNot: false },
      { ...NOTHING_KNOWN, fields: { country: 'at' } },
      { ...NOTHING_KNOWN, fields: { country: 'CH' } },
    ],
    [
      'no value of a field, known or not',
      { on: 'field', field: 'country', values: ['DE', 'AT'], isNot: true },
      NOTHING_KNOWN,
      { ...NOTHING_KNOWN, fields: { country: 'DE' } },
    ],
  ] satisfies [string, Condition, Facts, Facts][])('asks for %s', (_, condition, facts, others) => {
    expect(isTrue(condition, facts, null, NOON, 'UTC')).toBe(true);
    expect(isTrue(condition, others, null, NOON, 'UTC')).toBe(false);
  });

  it('on what happens counts what came since, and what came at that very moment', () => {
    const click: Condition = { on: 'click', link: null };
    expect(isTrue(click, happened('click', 'demo', earlier), NOON, NOON, 'UTC')).toBe(false);
    expect(isTrue(click, happened('click', 'demo', NOON), NOON, NOON, 'UTC')).toBe(true);
  });

  it('on a date holds from its midnight on, by the contact’s own clock', () => {
    const date: Condition = { on: 'date', date: '2026-11-25' };
    const at = (iso: string, zone: string): boolean => isTrue(date, NOTHING_KNOWN, null, new Date(iso), zone);
    expect(at('2026-11-24T14:59:59Z', 'Asia/Tokyo')).toBe(false);
    expect(at('2026-11-24T15:00:00Z', 'Asia/Tokyo')).toBe(true);
    expect(at('2026-11-25T04:59:59Z', 'America/New_York')).toBe(false);
    expect(at('2026-11-25T05:00:00Z', 'America/New_York')).toBe(true);
  });
});
