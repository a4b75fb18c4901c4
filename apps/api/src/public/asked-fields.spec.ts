import type { ContactForSending } from '#contacts';
import { newId } from '#kernel';
import { askedFields, maskedEmail } from './asked-fields.js';

const FORM = { fields: ['firstName', 'email', 'phone', 'message'], required: ['email', 'firstName'] } as const;

describe('the fields of a form', () => {
  it('are all asked of a stranger', () => {
    expect(askedFields(FORM, null)).toEqual({ ...FORM, hidden: {} });
  });

  it('are asked of a visitor if they are unknown, and the message always', () => {
    const click = newId<'interaction' & never>();
    const contact = { email: 'ada@example.com', firstName: 'Ada', phone: null } as unknown as ContactForSending;
    expect(askedFields(FORM, { click, contact })).toEqual({
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
