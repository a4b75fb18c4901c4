import { missingTexts } from './copy-progress';
import { copyTable } from './copy-table';

const table = copyTable({
  en: 'welcome: { subject: Stop attacks now, text: Read how }\nform: { firstName: First name }\n',
  de: 'welcome: { subject: Angriffe jetzt stoppen, text: Lesen Sie wie }\n',
  pl: 'welcome: { subject: Stop attacks now }\n',
});

describe('the texts that a language lacks', () => {
  it('are those without a text or with that of the first language, but not labels of the product', () => {
    const missing = missingTexts(table.rows, ['en', 'de', 'pl']);
    expect([...missing].map(([locale, keys]) => [locale, [...keys]])).toEqual([
      ['en', []],
      ['de', []],
      ['pl', ['welcome.subject', 'welcome.text', 'form.firstName']],
    ]);
  });
});
