import { HOUR_MS, type Id, newId } from '#kernel';
import { type Circumstances, NO_CHOICES, NOTHING_KNOWN } from '#sequencing';
import { anEnrolled, anUpdate, aRunning, NOW } from '../enrolment/enrolled.fixture.js';
import { type InboxItem, movedByClicks, nextStateOf } from './next-state.js';

const running = aRunning([
  { key: 'one', email: 'welcome' },
  {
    key: 'hear',
    until: [
      { click: 'any', then: 'sales' },
      { form: 'landing', then: 'sales' },
    ],
    within: { days: 3 },
  },
  { key: 'two', email: 'reminder', next: 'end' },
  { key: 'sales', createLead: true, next: 'three' },
  { key: 'three', email: 'thanks' },
]);
const CIRCUMSTANCES: Circumstances = {
  now: NOW,
  zone: 'UTC',
  country: null,
  facts: NOTHING_KNOWN,
  choices: NO_CHOICES,
  arm: null,
};
const anItem = (kind: InboxItem['kind'], changes: Partial<InboxItem> = {}): InboxItem => ({
  id: newId(),
  enrolmentId: newId(),
  kind,
  name: null,
  sourceId: null,
  at: NOW,
  isUncertain: false,
  ...changes,
});
const listening = anEnrolled('hear', { dueAt: new Date(NOW.getTime() + 72 * HOUR_MS) });
const next = (enrolled = listening, items = [anItem('click')], mayAct = true, changes: Partial<Circumstances> = {}) =>
  nextStateOf(enrolled, items, running, { ...CIRCUMSTANCES, ...changes }, mayAct);

describe('the next state of a contact with entries in the inbox', () => {
  it.each([
    ['unsubscribed', null],
    ['suppressed', 'bounce'],
    ['contact-gone', 'contact-gone'],
  ])('is the exit %s, whatever else happened', (reason, name) => {
    const facts = { ...NOTHING_KNOWN, events: [{ kind: 'click' as const, name: 'details', at: NOW }] };
    const items = [anItem('click', { name: 'details' }), anItem('leave', { name })];
    expect(next(listening, items, true, { facts })).toMatchObject({
      next: { state: 'exited', step: null, dueAt: null },
      effects: [{ kind: 'exit', reason }],
    });
  });

  it('leads from an e-mail that an update has removed to the next one, which is not sent here', () => {
    const updated = anUpdate(running, [
      { key: 'two', email: 'reminder' },
      { key: 'three', email: 'thanks' },
    ]);
    const known = { ...CIRCUMSTANCES, decided: new Set<string>() };
    expect(nextStateOf(anEnrolled('one'), [anItem('due')], updated, known, true)).toMatchObject({
      next: { state: 'waiting', step: 'two', dueAt: NOW },
      effects: [{ kind: 'skip', step: { key: 'one' }, reason: 'step-removed' }],
    });
    expect(nextStateOf(anEnrolled('two', { edition: 2 }), [anItem('event')], updated, known, true)).toBeNull();
  });

  it('is null where nothing changes', () => {
    expect(next(listening, [anItem('event', { name: 'unknown' })])).toBeNull();
    expect(next(listening, [anItem('machine-click')])).toBeNull();
  });

  it('takes the way of a click, and does not wait for the action on it', () => {
    const facts = { ...NOTHING_KNOWN, events: [{ kind: 'click' as const, name: 'details', at: NOW }] };
    const items = [anItem('click', { name: 'details' }), anItem('due')];
    const moved = next(listening, items, true, { facts });
    expect(moved?.effects).toMatchObject([{ kind: 'act', step: { key: 'sales' } }]);
    expect(moved?.next).toMatchObject({ state: 'waiting', step: 'three' });
  });

  it('leaves an e-mail that may be sent now to the due queue', () => {
    expect(next(anEnrolled('one'), [anItem('due')])).toMatchObject({
      next: { state: 'waiting', step: 'one' },
      effects: [],
    });
  });

  it('does not act on what is due while the activation is held', () => {
    expect(next(anEnrolled('sales'), [anItem('due')], false)).toBeNull();
    expect(next(anEnrolled('sales'), [anItem('due')])?.effects).toMatchObject([
      { kind: 'act', step: { key: 'sales' } },
    ]);
  });
});

describe('a contact that is moved by clicks alone', () => {
  const advanced = {
    next: { state: 'waiting' as const, step: 'three', round: 1, dueAt: NOW, since: NOW },
    effects: [],
  };
  const sourceId = newId<Id<'interaction'>>();
  const click = anItem('click', { sourceId });
  const moved = (items: readonly InboxItem[], enrolled = listening) =>
    movedByClicks({ enrolled, advanced }, items, running);

  it('is kept with the clicks, whose verdict may still change', () => {
    expect(moved([click])).toMatchObject([{ before: { step: 'hear' }, interactions: [sourceId] }]);
  });

  it.each([
    ['another interaction moved it too', [click, anItem('form')]],
    ['no click may still change', [anItem('click')]],
  ])('is not kept where %s', (_, items) => {
    expect(moved(items)).toEqual([]);
  });

  it('is not kept where its step is being done', () => {
    expect(moved([click], { ...listening, state: 'running' })).toEqual([]);
  });
});
