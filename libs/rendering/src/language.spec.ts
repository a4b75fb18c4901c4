import { authoringLanguage } from './language.js';

const { elements, fields, builtInLinks } = await authoringLanguage();

describe('the authoring language', () => {
  const attributesOf = (name: string) => elements.find((element) => element.name === name)?.attributes ?? [];

  it('has the tags of MJML and ours, and none that is refused', () => {
    const names = elements.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['mjml', 'mj-section', 'mj-text', 'tc-slot', 'tc-lock', 'tc-when']));
    expect(names).not.toContain('mj-include');
    expect(new Set(names).size).toBe(names.length);
  });

  it('knows the values of an attribute where they are few', () => {
    expect(attributesOf('tc-slot')).toContainEqual({ name: 'format', values: ['plain', 'inline', 'list'] });
    expect(attributesOf('tc-when').map(({ name }) => name)).toContain('industry');
  });

  it('names the fields and the links that need no declaration', () => {
    expect(fields).toEqual(expect.arrayContaining(['brand.primary', 'partner.name', 'recipient.firstName']));
    expect(builtInLinks).toContain('unsubscribe');
  });
});
