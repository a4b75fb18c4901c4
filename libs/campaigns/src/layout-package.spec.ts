import { compilePackage } from '#content';
import { layoutContent, layoutPackage } from './layout-package.js';
import { layoutFiles, shippedLayouts } from './shipped-templates.js';

const files = await layoutFiles();
const layouts = await shippedLayouts();
const campaign = {
  name: 'autumn',
  title: 'Autumn',
  languages: ['de', 'en', 'pl'],
  theme: 'security',
  colours: { primary: '#123456' },
};

describe('a campaign from a layout', () => {
  it.each(layouts.map((layout) => [layout.name, layout] as const))(
    '%s asks only for its own words',
    async (_, layout) => {
      const inGerman = { ...campaign, languages: ['de'] };
      const result = await compilePackage(layoutPackage(files, layout, inGerman), async () => '0'.repeat(64));
      const problems = result.ok ? result.warnings : result.problems;
      const others = problems.filter(
        ({ code }) => !['text-placeholder', ...(layout.name === 'blank' ? ['slot-missing'] : [])].includes(code),
      );
      expect(others).toEqual([]);
      expect(problems.some(({ code }) => code === 'text-placeholder')).toBe(true);
    },
  );

  it('is in the chosen languages, with the colours of the brand kit', () => {
    const [blank] = layouts;
    if (blank === undefined) throw new Error('There is no layout.');
    const text = layoutPackage(files, blank, campaign).files;
    expect(text.get('campaign.yaml')?.toString()).toContain('title:\n  de: Autumn\n  en: Autumn\n  pl: Autumn');
    expect(text.get('campaign.yaml')?.toString()).toContain("primary: '#123456'");
    expect(text.get('locales/de.yaml')?.toString()).toContain('[Ihre Überschrift]');
    expect(text.get('locales/pl.yaml')?.toString()).toContain('[Your heading]');
  });

  it('gives every text that its template names, and every picture', () => {
    for (const layout of layouts) {
      const { source, texts, pictures } = layoutContent(files, layout);
      const keys = [...source.matchAll(/\{\{?\s*t "([^"]+)"|\(t "([^"]+)"\)/g)].map(
        ([, one, other]) => one ?? other ?? '',
      );
      for (const key of keys) {
        const [group = '', name = ''] = key.split('.');
        expect([key, texts['en']?.[group]?.[name], texts['de']?.[group]?.[name]]).toEqual([
          key,
          expect.any(String),
          expect.any(String),
        ]);
      }
      expect(
        source.match(/"images\/[^"]+"/g)?.every((path) => pictures.some((picture) => `"${picture.path}"` === path)) ??
          true,
      ).toBe(true);
    }
  });
});
