import type { BrandKit } from '#contracts';
import { inKitLook, legalTextFor } from './kit-look';

const DESIGN: BrandKit['design'] = {
  palette: [],
  fonts: { heading: { family: 'Inter', fallback: 'sans' }, text: { family: 'Lora', fallback: 'serif' } },
  button: { radius: 8, paddingX: 24, paddingY: 12, isBold: true },
  defaultBlockIds: [],
  legalTexts: [
    { country: 'DE', language: 'de', text: 'Northwind GmbH' },
    { country: 'AT', language: 'de', text: 'Northwind Österreich' },
  ],
};
const NONE: BrandKit['design'] = { ...DESIGN, fonts: { heading: null, text: null }, button: null };
const HERO =
  '<mj-text font-size="24px" font-weight="bold">a</mj-text><mj-text>b</mj-text><mj-button color="#fff">c</mj-button>';

describe('a new block in the look of a brand kit', () => {
  it('has the fonts with fallback, and the form of buttons', () => {
    expect(inKitLook(HERO, DESIGN)).toBe(
      '<mj-text font-family="Inter, Arial, Helvetica, sans-serif" font-size="24px" font-weight="bold">a</mj-text>' +
        '<mj-text font-family="Lora, Georgia, Times, serif">b</mj-text>' +
        '<mj-button font-family="Lora, Georgia, Times, serif" border-radius="8px" inner-padding="12px 24px" font-weight="bold" color="#fff">c</mj-button>',
    );
  });

  it('is as it was without a design', () => {
    expect(inKitLook(HERO, NONE)).toBe(HERO);
  });

  it('has the legal text of the country of a language', () => {
    expect(legalTextFor(DESIGN, 'de-AT')).toBe('Northwind Österreich');
    expect(legalTextFor(DESIGN, 'de')).toBe('Northwind GmbH');
    expect(legalTextFor(DESIGN, 'de-CH')).toBe('Northwind GmbH');
    expect(legalTextFor(DESIGN, 'fr')).toBeUndefined();
  });
});
