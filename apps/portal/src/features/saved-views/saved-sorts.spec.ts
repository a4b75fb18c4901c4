import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KEPT_PARAMETERS, type ViewScreen } from '#contracts';

const FEATURES = 'apps/portal/src/features';
/** The files that draw a screen: a partner's and a vendor's may share its address. */
const DRAWN_BY: Readonly<Record<ViewScreen, readonly string[]>> = {
  '/campaign-results': ['results/VendorResultsScreen.tsx'],
  '/campaigns': ['campaigns/CampaignsScreen.tsx'],
  '/partners': ['partners/PartnersScreen.tsx'],
  '/partner-activity': ['programme-activity/ProgrammeActivityScreen.tsx'],
  '/costs': ['costs/CostsScreen.tsx'],
  '/results': ['results/ResultsScreen.tsx'],
  '/deals': ['deals/DealsScreen.tsx'],
};
/** Tables beside the list that a view is of. */
const BESIDE: readonly string[] = ['shared'];

/** A file and all that it imports of its feature. */
function drawnWith(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.\/[^']+)'/g)) {
    const imported = `${join(dirname(file), name)}.tsx`;
    if (existsSync(imported)) drawnWith(imported, known);
  }
  return known;
}

const sources = (screen: ViewScreen): string[] =>
  DRAWN_BY[screen].flatMap((file) => [...drawnWith(join(FEATURES, file))].map((one) => readFileSync(one, 'utf8')));

describe.each(Object.keys(DRAWN_BY) as ViewScreen[])('a saved view of %s', (screen) => {
  it('keeps the sort of each table', () => {
    const names = sources(screen).flatMap((text) => [...text.matchAll(/orderName="([^"]+)"/g)].map(([, name]) => name));
    const kept: readonly (string | undefined)[] = [...KEPT_PARAMETERS[screen], ...BESIDE];
    expect(names.filter((name) => !kept.includes(name))).toEqual([]);
  });

  it('has no sort in a table alone, which no link and no view has', () => {
    const tables = sources(screen).flatMap((text) => text.match(/<DataTable\b[\s\S]*?\bidOf=/g) ?? []);
    expect(tables.filter((table) => /\bisWhole\b/.test(table) && !table.includes('orderName='))).toEqual([]);
  });

  it('has no sort key in place of an empty cell, which comes last in both directions', () => {
    const keys = sources(screen).flatMap(
      (text) => text.match(/orderBy: [^\n]*\?\? (?:-1|0|Number\.\w*INFINITY)/g) ?? [],
    );
    expect(keys).toEqual([]);
  });
});
