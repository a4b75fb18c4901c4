import { isMap, parseDocument } from 'yaml';
import { type CampaignPackage, packageProblem, type PackageReading, WHOLE_PACKAGE } from './campaign-package.js';

/**
 * Copies a package under another name and title. Comments and order of
 * `campaign.yaml` stay.
 * @param title the same in each language of the campaign.
 */
export function copyPackage(pkg: CampaignPackage, { name, title }: { name: string; title: string }): PackageReading {
  const document = parseDocument((pkg.files.get(WHOLE_PACKAGE) ?? Buffer.alloc(0)).toString('utf8'));
  const titles = document.get('title', true);
  if (document.errors.length > 0 || !isMap(titles)) return { ok: false, problems: [unreadable] };
  document.set('name', name);
  for (const { key } of titles.items) document.setIn(['title', key], title);
  const files = new Map(pkg.files).set(WHOLE_PACKAGE, Buffer.from(document.toString({ lineWidth: 0 })));
  return { ok: true, pkg: { files }, warnings: [] };
}

const unreadable = packageProblem(
  'yaml-invalid',
  WHOLE_PACKAGE,
  'The campaign.yaml of this campaign cannot be read.',
  'Open it in the editor, correct what is listed there, and copy the campaign again.',
);
