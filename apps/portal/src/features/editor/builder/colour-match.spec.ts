import { textColourOn, withTextColour } from './colour-match';

describe('the text colour of a block', () => {
  it.each([
    ['{{brand.primary}}', '{{brand.onPrimary}}'],
    ['{{brand.secondary}}', '{{brand.onSecondary}}'],
    ['#0b4a8f', '#ffffff'],
    ['#f2c200', '#101828'],
    ['{{brand.link}}', null],
    ['red', null],
  ])('on %s is %s', (background, text) => {
    expect(textColourOn(background)).toBe(text);
  });

  it('follows the background, and goes with it', () => {
    const none = { background: '', text: '' };
    expect(withTextColour('background-color', '{{brand.secondary}}', none)).toEqual({ color: '{{brand.onSecondary}}' });
    const second = { background: '{{brand.secondary}}', text: '{{brand.onSecondary}}' };
    expect(withTextColour('background-color', '', second)).toEqual({ color: null });
  });

  it('stays if it is not that of the old background, and if another attribute changes', () => {
    const own = { background: '{{brand.secondary}}', text: '#ff0000' };
    expect(withTextColour('background-color', '', own)).toEqual({});
    expect(withTextColour('border-radius', '6px', own)).toEqual({});
    expect(withTextColour('background-color', '{{brand.link}}', own)).toEqual({});
  });
});
