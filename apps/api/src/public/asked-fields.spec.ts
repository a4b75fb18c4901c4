import type { ContactForSending } from '#contacts';
import { type Id, newId } from '#kernel';
import { askedFields, maskedEmail } from './asked-fields.js';

const FORM = { fields: ['firstName', 'email', 'phone', 'message'], required: ['email', 'firstName'] } as const;

describe('the fields of a form', () => {
  it('are all asked of a stranger', () => {
    expect(askedFields(FORM, { visit: null, document: null })).toEqual({ ...FORM, hidden: {} });
  });

  it('say for which document they are', () => {
    const document = { key: 'guide', title: 'The guide' };
    expect(askedFields(FORM, { visit: null, document })).toEqual({ ...FORM, hidden: { document: 'guide' } });
  });

  it('are asked of a visitor if they are unknown, and the message always', () => {
    const click = newId<Id<'interaction'>>();
    const contact = { email: 'ada@example.com', firstName: 'Ada', phone: null } as unknown as ContactForSending;
    expect(askedFields(FORM, { visit: { click, contact }, document: null })).toEqual({
      fields: ['phone', 'message'],
      required: [],
      hidden: { t: click },
    });
  });
});

describe('a masked address', () => {
  it.each([
    ['olivia@brightwater.example', 'o…@b….example'],
    ['ö@münchen.example.de', 'ö…@m….de'],
    ['𝒶da@x.io', '𝒶…@x….io'],
  ])('%s is %s', (email, masked) => {
    expect(maskedEmail(email)).toBe(masked);
  });
});
