import { isHere, menuOf, pagesOf, settingsOf } from './menu';

describe('the main menu', () => {
  it.each(['partner', 'vendor'] as const)('of a %s has at most eight entries, the settings included', (kind) => {
    expect(menuOf(kind).length + 1).toBeLessThanOrEqual(8);
  });

  it.each(['partner', 'vendor'] as const)('of a %s names each screen once, there or in the settings', (kind) => {
    const paths = [...menuOf(kind), ...pagesOf(kind), ...settingsOf(kind)].map(({ to }) => to);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each([
    ['/', '/'],
    ['/campaigns/0190', '/campaigns'],
    ['/plan', '/campaigns'],
    ['/campaign-results', '/campaign-results'],
  ])('of a vendor marks for %s the entry %s alone', (path, entry) => {
    expect(
      menuOf('vendor')
        .filter(({ to }) => isHere(path, to, 'vendor'))
        .map(({ to }) => to),
    ).toEqual([entry]);
  });
});
