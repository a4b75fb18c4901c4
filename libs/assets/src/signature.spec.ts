import { signatureOf } from './signature.js';

const PERSON = {
  name: 'Olivia Hart',
  title: 'Head of Sales',
  phone: '+44 20 7946 0000',
  email: 'olivia@brightwater.example',
  company: 'Brightwater IT Ltd',
  website: 'https://brightwater.example/',
  legalLine: 'Registered in England, 01234567',
  colour: '#0b5cad',
  logo: { png: Buffer.from('png'), width: 240, height: 60 },
  words: 'Northwind Gold Partner',
  link: 'https://northwind.example/edge',
};

describe('an e-mail signature', () => {
  it('has the person, the company, its logo and the vendor’s line', () => {
    const { html, text } = signatureOf(PERSON);
    for (const part of ['Olivia Hart', 'Head of Sales', 'mailto:olivia@brightwater.example', 'Northwind Gold Partner'])
      expect(html).toContain(part);
    expect(html).toContain(`data:image/png;base64,${Buffer.from('png').toString('base64')}`);
    expect(text.split('\n')).toEqual([
      'Olivia Hart',
      'Head of Sales',
      'Brightwater IT Ltd',
      '+44 20 7946 0000 · olivia@brightwater.example · brightwater.example',
      'Northwind Gold Partner: https://northwind.example/edge',
      'Registered in England, 01234567',
    ]);
  });

  it('leaves out what is not known', () => {
    const { html, text } = signatureOf({ ...PERSON, title: null, phone: null, website: null, logo: null, link: null });
    expect(html).not.toContain('<img');
    expect(text).not.toContain('null');
  });

  it('takes markup in a name as text', () => {
    const { html } = signatureOf({ ...PERSON, name: '<script>alert(1)</script>', words: '" onload="x' });
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('" onload');
  });
});
