import type { TFunction } from 'i18next';
import { withFieldLabels } from './text-fields';

const t = ((key: string) => (key === 'builder.fields.partner_name' ? 'Partner’s name' : key)) as unknown as TFunction;

describe('a text with fields', () => {
  it('is shown with the names of the fields, and other marks as they are', () => {
    expect(withFieldLabels('{{partner.name}} and {{ partner.name }} know {{other}}.', t)).toBe(
      '[Partner’s name] and [Partner’s name] know {{other}}.',
    );
  });
});
