import { plainText } from './plain-text.js';

const mark = (number: number): string => `tcmabcx${number}z`;
const block = (number: number): string => `<!--${mark(number)}-->`;

describe('the plain-text part', () => {
  it('has one empty line between paragraphs, whichever blocks are there', () => {
    const text = plainText(`<p>A</p>${block(0)}<p>B</p>${block(1)}<p>C</p>`);
    expect(text).toBe(`A${mark(0)}\n\nB${mark(1)}\n\nC\n`);
  });

  it('has one where a block ends and the next begins', () => {
    const text = plainText(`<p>A</p>${block(0)}<p>B</p>${block(1)}${block(2)}<p>C</p>${block(3)}`);
    expect(text).toBe(`A${mark(0)}\n\nB${mark(1)}${mark(2)}\n\nC${mark(3)}\n`);
  });

  it('begins without one', () => {
    expect(plainText(`${block(0)}<p>A</p>${block(1)}`)).toBe(`${mark(0)}A${mark(1)}\n`);
  });

  it('has a telephone number once where it is the text of its link', () => {
    const link = (text: string): string => `<p><a style="color:#000" href="tel:tcqabcx1z">${text}</a></p>`;
    expect(plainText(link('tcqabcx2z'), ['tcqabcx2z'])).toBe('tcqabcx2z\n');
    expect(plainText(link('Call us'), ['tcqabcx2z'])).toBe('Call us [tel:tcqabcx1z]\n');
  });

  it('leaves conditions within a text where they are', () => {
    expect(plainText(`<p>Hello ${mark(0)}there${mark(1)}.</p>`)).toBe(`Hello ${mark(0)}there${mark(1)}.\n`);
  });
});
