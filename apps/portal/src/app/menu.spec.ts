import { menuOf, settingsOf } from './menu';

describe('the main menu', () => {
  it.each(['partner', 'vendor'] as const)('of a %s has at most eight entries, the settings included', (kind) => {
    expect(menuOf(kind).length + 1).toBeLessThanOrEqual(8);
  });

  it.each(['partner', 'vendor'] as const)('of a %s names each screen once, there or in the settings', (kind) => {
    const paths = [...menuOf(kind), ...settingsOf(kind)].map(({ to }) => to);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
