import { textOf } from './file-text';

const bytesOf = (text: string, encoding: BufferEncoding): ArrayBuffer =>
  new Uint8Array(Buffer.from(text, encoding)).buffer;

describe('the text of a file', () => {
  it.each([
    ['UTF-8', bytesOf('Müller & Søn;Łódź', 'utf8'), 'Müller & Søn;Łódź'],
    ['UTF-8 with a mark', bytesOf('\u{feff}Müller', 'utf8'), 'Müller'],
    ['what western spreadsheets save', bytesOf('Müller & Søn', 'latin1'), 'Müller & Søn'],
    ['nothing', new ArrayBuffer(0), ''],
  ])('is read from %s', (_, bytes, text) => {
    expect(textOf(bytes)).toBe(text);
  });
});
