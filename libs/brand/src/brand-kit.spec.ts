import { contrast } from '#rendering';
import { kitAdvice, kitColours, mailLookOf } from './brand-kit.js';

describe('the colours of a brand kit', () => {
  it.each(['#ffdd00', '#ffffff', '#000000', '#808080', '#0b5cad', '#ff0000'] as const)(
    'are readable where they are used: %s',
    (primary) => {
      const { onPrimary, link } = kitColours(primary);
      expect(contrast(onPrimary, primary)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(link, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('come with advice where links have another one', () => {
    const [advice, ...others] = kitAdvice(kitColours('#ffdd00'));
    expect(others).toEqual([]);
    expect(advice).toMatchObject({ code: 'kit-contrast-low', field: 'colours.primary', named: { needed: 4.5 } });
    expect(advice?.message).toContain('1.3 : 1');
    expect(kitAdvice(kitColours('#0b5cad'))).toEqual([]);
    expect(kitAdvice(null)).toEqual([]);
  });
});

describe('the look of mails', () => {
  it('is the product’s without logo and colour, and has its colour with a logo alone', () => {
    expect(mailLookOf(null, null)).toBeNull();
    const image = { hash: 'a'.repeat(64), width: 256, height: 76 };
    expect(mailLookOf(null, image)).toMatchObject({ colours: { primary: '#0f766e' }, logo: { width: 256 } });
    expect(mailLookOf('#0b5cad', null)).toMatchObject({ colours: { link: '#0b5cad' }, logo: null });
  });
});
