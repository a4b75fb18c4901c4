import { readdirSync } from 'node:fs';
import { LABELLED_FIELDS, PAGE_LANGUAGES } from '#contracts';
import { FORM_FIELDS } from '#rendering';

const FOLDERS = [
  'apps/api/src/embeds/texts/embeds',
  'apps/api/src/public/texts/pages',
  'apps/api/src/public/texts/opt-in',
  'apps/api/src/public/texts/unsubscribe',
  'libs/content/src/compile/texts/form-labels',
];

describe('the languages of public pages', () => {
  it.each(FOLDERS)('are those of %s', (folder) => {
    const tags = readdirSync(folder).map((name) => name.replace('.json', ''));
    expect(tags.sort()).toEqual([...PAGE_LANGUAGES].sort());
  });

  it('have labels for each field of a form', () => {
    expect([...LABELLED_FIELDS].sort()).toEqual([...FORM_FIELDS].sort());
  });
});
