import type { AssetId } from '#assets';
import type { Recall, RecallScope } from '#campaigns';
import { type CampaignVersionId, newId } from '#kernel';
import { afterStop, CANNOT, itemsOfActivation, itemsOfAll, possibleBy, recallItems } from './recall-items.js';

const DEFINITION = {
  emails: { welcome: {} },
  pages: { offer: {} },
  documents: { brochure: {} },
  social: { news: {} },
  locales: ['en', 'de'],
} as never;

const ALL = { tactic: null, asset: null, tactics: null, locale: null, mode: 'stop' } as const;
const rows = (changes: Partial<RecallScope & Pick<Recall, 'mode'>>): string[] =>
  recallItems(DEFINITION, { ...ALL, ...changes }).map(
    ({ channel, itemKey, outcome }) => `${channel} ${itemKey} ${outcome}`,
  );

describe('the report of a recall', () => {
  it('has a row for each item on each channel', () => {
    expect(rows({})).toEqual([
      'email welcome stopped-before-sending',
      'inbox welcome cannot',
      'web-view welcome withdrawn',
      'email-preview welcome withdrawn',
      'page offer page-gone',
      'qr offer page-gone',
      'embed offer withdrawn',
      'page-preview offer withdrawn',
      'file brochure withdrawn',
      'public-file brochure withdrawn',
      'copy brochure file-marked',
      'file-preview brochure withdrawn',
      'post news withdrawn',
      'post-text news withdrawn',
      'published-post news cannot',
      'post-preview news withdrawn',
    ]);
  });

  it('has only what is new if contacts may finish', () => {
    expect(rows({ mode: 'finish' })).toEqual([
      'email welcome stopped-before-sending',
      'email-preview welcome withdrawn',
      'page-preview offer withdrawn',
      'file brochure withdrawn',
      'file-preview brochure withdrawn',
      'post news withdrawn',
      'post-text news withdrawn',
      'post-preview news withdrawn',
    ]);
  });

  it('has the rows of what was recalled alone', () => {
    expect(rows({ tactic: { kind: 'document', key: 'brochure' } })).toEqual([
      'file brochure withdrawn',
      'public-file brochure withdrawn',
      'copy brochure file-marked',
      'file-preview brochure withdrawn',
    ]);
    expect(rows({ locale: 'fr' })).toEqual([]);
    const asset = { id: newId<AssetId>(), title: 'Rack' };
    expect(rows({ asset, tactics: [{ kind: 'page', key: 'offer' }] })).toEqual([
      'page offer page-gone',
      'qr offer page-gone',
      'embed offer withdrawn',
      'page-preview offer withdrawn',
    ]);
  });

  it('has each item of all recalled versions that a launch has run, once', () => {
    const items = ['brochure', 'leaflet'].map((key) =>
      recallItems(
        { emails: { welcome: {} }, pages: {}, documents: { [key]: {} }, social: {}, locales: ['en'] } as never,
        { ...ALL, mode: 'finish' },
      ),
    );
    expect(itemsOfAll(items).map(({ channel, itemKey }) => `${channel} ${itemKey}`)).toEqual([
      'email welcome',
      'email-preview welcome',
      'file brochure',
      'file-preview brochure',
      'file leaflet',
      'file-preview leaflet',
    ]);
  });

  it('says of everything that cannot be undone what a person must do', () => {
    const channels = recallItems(DEFINITION, ALL)
      .filter(({ outcome }) => outcome === 'cannot')
      .map(({ channel }) => channel);
    expect(channels.filter((channel) => CANNOT[channel] === undefined)).toEqual([]);
  });

  it('says of a launch that was stopped before that nothing waited', () => {
    const of = (stoppedAt: Date | null): string[] =>
      afterStop(recallItems(DEFINITION, ALL), { stoppedAt }).map(({ channel, outcome }) => `${channel} ${outcome}`);
    expect(of(null)).toContain('email stopped-before-sending');
    expect(of(new Date())).toContain('email was-over');
    expect(of(new Date())).toContain('web-view withdrawn');
  });

  it('has only what had come out of a version that was updated since', () => {
    const [first, second] = [newId<CampaignVersionId>(), newId<CampaignVersionId>()];
    const channels = (running: CampaignVersionId): string[] =>
      itemsOfActivation([first], running, () => recallItems(DEFINITION, ALL)).map(({ channel }) => channel);
    expect(channels(second)).toEqual(['inbox', 'web-view', 'copy', 'published-post']);
    expect(channels(first)).toHaveLength(16);
  });

  it('names e-mails in inboxes and published posts only once people can have come to their step', () => {
    const sequence = {
      steps: [
        { key: 'a', kind: 'email', email: 'welcome' },
        { key: 'b', kind: 'wait', hours: 48 },
        { key: 'c', kind: 'email', email: 'proof', test: ['proof-b'] },
        { key: 'd', kind: 'post', post: 'news' },
      ],
    };
    const emails = { welcome: {}, proof: {}, 'proof-b': {}, 'without-step': {} };
    const definition = { ...(DEFINITION as object), emails, sequence } as never;
    const startAt = new Date('2027-01-04T00:00:00Z');
    const launchedAt = new Date('2027-01-01T00:00:00Z');
    const named = (day: string, launch: { startAt: Date | null; stoppedAt?: Date }, entered = definition): string[] =>
      possibleBy(new Date(`2027-01-${day}T00:00:00Z`), recallItems(definition, ALL), entered, {
        launchedAt,
        stoppedAt: null,
        ...launch,
      })
        .filter(({ channel }) => ['inbox', 'published-post'].includes(channel))
        .map(({ itemKey }) => itemKey);
    expect(named('03', { startAt })).toEqual([]);
    expect(named('05', { startAt })).toEqual(['welcome']);
    expect(named('06', { startAt })).toEqual(['welcome', 'proof', 'proof-b', 'news']);
    // Stopped before the second step: only the first can have come.
    expect(named('06', { startAt, stoppedAt: new Date('2027-01-05T00:00:00Z') })).toEqual(['welcome']);
    // Who sends a form enters before the first day; after an update, days say nothing.
    const entries = [{ key: 'form', when: { on: 'form', page: null }, start: 'a' }];
    const open = { sequence: { ...sequence, entries } } as never;
    expect(named('03', { startAt }, open)).toEqual(['welcome', 'proof', 'proof-b', 'news']);
    expect(named('03', { startAt: null })).toHaveLength(5);
  });
});
