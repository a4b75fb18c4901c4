import type { Recall } from '#campaigns';
import { CANNOT, recallItems } from './recall-items.js';

const DEFINITION = {
  emails: { welcome: {} },
  pages: { offer: {} },
  documents: { brochure: {} },
  social: { news: {} },
  locales: ['en', 'de'],
} as never;

const rows = (changes: Partial<Pick<Recall, 'tactic' | 'locale' | 'mode'>>): string[] =>
  recallItems(DEFINITION, { tactic: null, locale: null, mode: 'stop', ...changes }).map(
    ({ channel, itemKey, outcome }) => `${channel} ${itemKey} ${outcome}`,
  );

describe('the report of a recall', () => {
  it('has a row for each item on each channel', () => {
    expect(rows({})).toEqual([
      'email welcome stopped-before-sending',
      'inbox welcome cannot',
      'page offer page-gone',
      'embed offer withdrawn',
      'file brochure withdrawn',
      'copy brochure file-marked',
      'post news withdrawn',
      'published-post news cannot',
    ]);
  });

  it('has only what is new if contacts may finish', () => {
    expect(rows({ mode: 'finish' })).toEqual([
      'email welcome stopped-before-sending',
      'file brochure withdrawn',
      'post news withdrawn',
    ]);
  });

  it('has the rows of what was recalled alone', () => {
    expect(rows({ tactic: { kind: 'document', key: 'brochure' } })).toEqual([
      'file brochure withdrawn',
      'copy brochure file-marked',
    ]);
    expect(rows({ locale: 'fr' })).toEqual([]);
  });

  it('says of everything that cannot be undone what a person must do', () => {
    const channels = recallItems(DEFINITION, { tactic: null, locale: null, mode: 'stop' })
      .filter(({ outcome }) => outcome === 'cannot')
      .map(({ channel }) => channel);
    expect(channels.filter((channel) => CANNOT[channel] === undefined)).toEqual([]);
  });
});
