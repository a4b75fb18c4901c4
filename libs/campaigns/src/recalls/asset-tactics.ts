import type { CampaignPackage, CompiledCampaign } from '#content';
import type { Tactic } from './recall.js';

/**
 * The e-mails, pages and posts of a version that show one of these pictures.
 * Documents are finished files: they show none of the package's pictures.
 * @param paths of pictures in the package.
 */
export function tacticsShowing(
  { definition, emails, pages }: Pick<CompiledCampaign, 'definition' | 'emails' | 'pages'>,
  paths: ReadonlySet<string>,
  { files }: Pick<CampaignPackage, 'files'>,
): Tactic[] {
  const shows = ({ masters }: CompiledCampaign['emails'][number]): boolean =>
    Object.values(masters).some(({ needs }) => needs.images.some((path) => paths.has(path)));
  const draws = (path: string): boolean => {
    const source = files.get(path)?.toString() ?? '';
    return [...paths].some((picture) => source.includes(picture));
  };
  return [
    ...emails.filter(shows).map(({ key }) => ({ kind: 'email' as const, key })),
    ...pages.filter(shows).map(({ key }) => ({ kind: 'page' as const, key })),
    ...Object.entries(definition.social)
      .filter(([, { images }]) => Object.values(images).some(draws))
      .map(([key]) => ({ kind: 'social' as const, key })),
  ];
}
