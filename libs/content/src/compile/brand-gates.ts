import type { SourceProblem } from '#kernel';
import { contrastProblems } from '#rendering';
import type { ReadDefinition } from '../definition/definition-reader.js';
import type { NamedMasters } from './campaign-slots.js';

/**
 * Previews, and partners without colours of their own, use the default colours.
 * If those are not readable, no partner can launch.
 */
export function defaultColourProblems(
  { definition, source }: ReadDefinition,
  templates: readonly NamedMasters[],
): SourceProblem[] {
  const { defaults } = definition.brand;
  return templates.flatMap(({ file, masters }) =>
    Object.values(masters).flatMap((master) =>
      contrastProblems(master, defaults).map(({ path, message, suggestion }): SourceProblem => ({
        code: 'brand-contrast',
        severity: 'error',
        file: 'campaign.yaml',
        ...source.positionOf(['brand', 'defaults', path.slice('brand.'.length)]),
        message: `In ${file}: ${message}`,
        remedy:
          suggestion === null
            ? 'Choose a darker or lighter colour, or put the text on another.'
            : `Use ${suggestion}, or put the text on another colour.`,
      })),
    ),
  );
}
