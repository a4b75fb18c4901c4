import fc from 'fast-check';
import { parseEmail } from './email-address.js';

describe('an e-mail address', () => {
  it.each([
    ['  Ada.Lovelace@Example.COM ', 'Ada.Lovelace@example.com', 'ada.lovelace@example.com'],
    ["o'hara+news@example.co.uk", "o'hara+news@example.co.uk", "o'hara+news@example.co.uk"],
    ['info@bücher.example', 'info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['info@例え.example', 'info@xn--r8jz45g.example', 'info@xn--r8jz45g.example'],
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
