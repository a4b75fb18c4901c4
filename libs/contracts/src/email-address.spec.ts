import fc from 'fast-check';
import { z } from 'zod';
import { parseEmail } from './email-address.js';
import { EmailField } from './email-field.js';

describe('an e-mail address', () => {
  it.each([
    ['  Ada.Lovelace@Example.COM ', 'Ada.Lovelace@example.com', 'ada.lovelace@example.com'],
    ["o'hara+news@example.co.uk", "o'hara+news@example.co.uk", "o'hara+news@example.co.uk"],
    ['info@bücher.example', 'info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['info@例え.example', 'info@xn--r8jz45g.example', 'info@xn--r8jz45g.example'],
    ["niamh.o'neil@c16.example", "niamh.o'neil@c16.example", "niamh.o'neil@c16.example"],
    ['rolf&sons@c16.example', 'rolf&sons@c16.example', 'rolf&sons@c16.example'],
    ['ivan@пример.рф', 'ivan@xn--e1afmkfd.xn--p1ai', 'ivan@xn--e1afmkfd.xn--p1ai'],
    ['ali@نامه\u200cای.com', 'ali@xn--mgba3gch31f060k.com', 'ali@xn--mgba3gch31f060k.com'],
    ['zero@c16.example\u200b', 'zero@c16.example', 'zero@c16.example'],
    ['\ufeff\u202aze\u00adro\u200d@c16.example\u202c', 'zero@c16.example', 'zero@c16.example'],
    ['\u00a0nbsp@c16.example\u00a0', 'nbsp@c16.example', 'nbsp@c16.example'],
    ['viggo@c09.example.', 'viggo@c09.example', 'viggo@c09.example'],
    ['kana@例え。example', 'kana@xn--r8jz45g.example', 'kana@xn--r8jz45g.example'],
  ])('takes %s', (input, email, normalised) => {
    expect(parseEmail(input)).toEqual({ email, normalised });
  });

  it.each([
    ['', 'email-missing'],
    ['   ', 'email-missing'],
    ['ada', 'email-invalid'],
    ['@example.com', 'email-invalid'],
    ['ada@', 'email-invalid'],
    ['ada@localhost', 'email-invalid'],
    ['ada@192.168.0.1', 'email-invalid'],
    ['ada@[192.168.0.1]', 'email-invalid'],
    ['ada@0x7f.1', 'email-invalid'],
    ['ada@example.c1', 'email-invalid'],
    ['ada@xn--a.example', 'email-invalid'],
    ['ada@ex_ample.com', 'email-invalid'],
    ['ada@example.com..', 'email-invalid'],
    ['ada@example..com', 'email-invalid'],
    ['ada@-example.com', 'email-invalid'],
    ['ada..b@example.com', 'email-invalid'],
    ['.ada@example.com', 'email-invalid'],
    ['ada b@example.com', 'email-invalid'],
    ['"ada b"@example.com', 'email-invalid'],
    ['Ada <ada@example.com>', 'email-invalid'],
    ['ada@example.com\r\nBcc: eve@example.com', 'email-invalid'],
    ['ada\u0000@example.com', 'email-invalid'],
    ['ada@exam%70le.com', 'email-invalid'],
    ['=cmd|calc!A1@', 'email-invalid'],
    ['żółw@example.com', 'email-not-ascii'],
    ['ada\u202e@example.com', 'email-not-ascii'],
    [`${'a'.repeat(65)}@example.com`, 'email-too-long'],
    [
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.com`,
      'email-too-long',
    ],
  ])('refuses %j', (input, problem) => {
    expect(parseEmail(input)).toBe(problem);
  });

  it('never contains characters that end a header or an SMTP command', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (input) => {
        const parsed = parseEmail(input);
        if (typeof parsed === 'string') return;
        expect(parsed.email).toMatch(/^[!-~]+$/);
        expect(parsed.email).not.toMatch(/[<>"(),:;\\[\]]/);
        expect(parseEmail(parsed.normalised)).toMatchObject({ normalised: parsed.normalised });
      }),
    );
  });
});

describe('a field with an e-mail address', () => {
  it('has the address as mail is sent to it', () => {
    expect(EmailField.parse(' Ivan@Пример.рф ')).toBe('Ivan@xn--e1afmkfd.xn--p1ai');
  });

  it('refuses any other text as an address', () => {
    expect(EmailField.safeParse('ivan').error?.issues).toMatchObject([{ code: 'invalid_format', format: 'email' }]);
    expect(z.toJSONSchema(EmailField)).toMatchObject({ type: 'string', format: 'email' });
  });
});
