import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import { aBase, readPdf, RULES, values } from './document.fixture.js';
import { prepareDocument } from './prepare-document.js';
import { unpackDocument } from './prepared-document.js';
import { stampDocument } from './stamp-document.js';

/** A document with a filled field and a ticked box of the vendor, on the second page. */
const filled = (change: (document: PDFDocument) => void = () => undefined): Promise<Buffer> =>
  aBase({
    change: (document) => {
      const form = document.getForm();
      const page = document.getPage(1);
      const text = form.createTextField('order.number');
      text.setText('Order NW-4711');
      text.addToPage(page, { x: 300, y: 600, width: 200, height: 30 });
      const box = form.createCheckBox('agreed');
      box.addToPage(page, { x: 300, y: 500, width: 20, height: 20 });
      box.check();
      form.updateFieldAppearances();
      change(document);
    },
  });

const prepare = (bytes: Buffer) => prepareDocument({ file: 'documents/a.pdf', bytes, slots: RULES });

describe('a vendor’s own filled fields', () => {
  it('stay in every copy, as part of their page, without a form', async () => {
    const result = await prepare(await filled());
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const { master } = unpackDocument(result.prepared);
    expect(master.toString('latin1')).not.toMatch(/AcroForm|\/Widget/);
    const stamped = await stampDocument(result.prepared, await values());
    if (!stamped.ok) throw new Error('refused');
    const { text } = await readPdf(stamped.pdf);
    expect(text[1]).toContain('Order NW-4711');
    expect(text.join(' ')).toContain('Free assessment');
  });

  it('are refused by name and page if the file does not say how they look', async () => {
    const bytes = await filled((document) => {
      for (const field of document.getForm().getFields())
        if (!field.getName().startsWith('tc.'))
          for (const widget of field.acroField.getWidgets()) widget.dict.delete(PDFName.of('AP'));
    });
    const result = await prepare(bytes);
    expect(result.ok ? [] : result.problems).toMatchObject([
      { code: 'pdf-field-appearance', message: expect.stringMatching(/page 2.*field order\.number/i) },
    ]);
  });
});

describe('the content of a vendor’s page', () => {
  const withFilter = (name: string, contents: string): Promise<Buffer> =>
    aBase({
      change: (document) => {
        const { context } = document;
        const dict = context.obj({ Filter: name });
        document.getPage(0).node.addContentStream(context.register(PDFRawStream.of(dict, Buffer.from(contents))));
      },
    });

  it.each([
    ['A85', '8T&Wl~>'],
    ['AHx', '71 20 51 0A>'],
  ])('is read where a program abbreviates its filter: /%s', async (name, contents) => {
    const result = await prepare(await withFilter(name, contents));
    expect(result.ok ? [] : result.problems).toEqual([]);
  });

  it('is refused by page if its filter is unknown', async () => {
    const result = await prepare(await withFilter('JBIG2Decode', 'x'));
    expect(result.ok ? [] : result.problems).toMatchObject([
      { code: 'pdf-broken', message: expect.stringContaining('page 1') },
    ]);
  });
});
