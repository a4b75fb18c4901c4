import { type BrandKit, fontStack } from '#contracts';

type KitDesign = BrandKit['design'];

/** An opening tag up to its end. */
const OPENING = /<mj-(text|button)\b[^<>]*/g;

/** A new block in the look of the vendor's brand kit: its fonts and its form of buttons. */
export function inKitLook(markup: string, { fonts, button }: KitDesign): string {
  const heading = fonts.heading === null ? '' : ` font-family="${fontStack(fonts.heading)}"`;
  const text = fonts.text === null ? '' : ` font-family="${fontStack(fonts.text)}"`;
  return markup.replaceAll(OPENING, (tag: string, name: 'text' | 'button') => {
    const attributes = tag.slice(`<mj-${name}`.length);
    if (name === 'button') return `<mj-button${text}${button === null ? '' : formOf(button)}${attributes}`;
    return `<mj-text${attributes.includes('font-weight="bold"') ? heading : text}${attributes}`;
  });
}

const formOf = ({ radius, paddingX, paddingY, isBold }: NonNullable<KitDesign['button']>): string =>
  ` border-radius="${radius}px" inner-padding="${paddingY}px ${paddingX}px" font-weight="${isBold ? 'bold' : 'normal'}"`;

/**
 * The legal text for a language: that of its country, such as AT for de-AT, else
 * the first one in the language.
 */
export function legalTextFor({ legalTexts }: KitDesign, locale: string): string | undefined {
  const { language, region } = new Intl.Locale(locale);
  const ofCountry = region === undefined ? undefined : legalTexts.find(({ country }) => country === region);
  return (ofCountry ?? legalTexts.find((one) => new Intl.Locale(one.language).language === language))?.text;
}
