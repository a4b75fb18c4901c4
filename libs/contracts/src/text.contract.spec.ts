import { DecideUpdate } from './update.contract.js';

describe('the reason for which a vendor stops campaigns', () => {
  const accepts = (reason: string): boolean => DecideUpdate.safeParse({ choice: 'stop', reason }).success;

  it('is one line in any script', () => {
    expect(['The prices are wrong.', 'המחיר שגוי', '価格が違います'].every(accepts)).toBe(true);
  });

  it.each([
    ['a line break', 'Wrong.\nPay here'],
    ['a control character', 'Wrong\u0007'],
    ['a character that turns the text around', 'Wrong \u202egnorw'],
    ['an isolate', 'Wrong \u2066x\u2069'],
  ])('has no %s', (_, reason) => {
    expect(accepts(reason)).toBe(false);
  });
});
