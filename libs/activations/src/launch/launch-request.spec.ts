import { type ContactListId, newId } from '#kernel';
import { NO_CHOICES } from '#sequencing';
import { type LaunchRequest, requestHashOf } from './launch-request.js';

const REQUEST: LaunchRequest = {
  versionId: newId(),
  lists: { include: [newId()], exclude: [] },
  startAt: null,
  locale: null,
  slots: {},
  choices: NO_CHOICES,
  leadRule: null,
  idempotencyKey: 'first-launch',
};

describe('the hash of a launch request', () => {
  it('is the same for the same request under another key', () => {
    expect(requestHashOf({ ...REQUEST, idempotencyKey: 'second-launch' })).toBe(requestHashOf(REQUEST));
  });

  it('is that of the same lists in another order', () => {
    const [one, other] = [newId<ContactListId>(), newId<ContactListId>()];
    const hashOf = (include: ContactListId[]) => requestHashOf({ ...REQUEST, lists: { include, exclude: [] } });
    expect(hashOf([one, other])).toBe(hashOf([other, one]));
  });

  it.each<Partial<LaunchRequest>>([
    { versionId: newId() },
    { lists: { include: [newId()], exclude: [] } },
    { lists: { include: [], exclude: [] } },
    { lists: { include: REQUEST.lists.include, exclude: [newId()] } },
    { startAt: new Date('2026-12-01T08:00:00Z') },
    { locale: 'de' },
    { slots: { intro: { kind: 'paragraphs', blocks: [] } } },
    { choices: { ...NO_CHOICES, skip: ['second'] } },
    { leadRule: { clicks: null, remindAfterHours: 12, escalateAfterHours: null } },
  ])('differs with %j', (change) => {
    expect(requestHashOf({ ...REQUEST, ...change })).not.toBe(requestHashOf(REQUEST));
  });
});
