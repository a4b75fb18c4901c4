import { type Document, isMap, parseDocument } from 'yaml';
import type { CampaignPackage } from '#content';
import type { SeededCampaign } from './seed-file.js';

/** The package with a hold-out, and a second subject of the e-mail of a step, which the step tests. */
export function withExperiment(
  pkg: CampaignPackage,
  { holdOutPercent, email, subjects }: NonNullable<SeededCampaign['experiment']>,
): CampaignPackage {
  const files = new Map(pkg.files);
  const edit = (path: string, change: (document: Document) => void): void => {
    const document = parseDocument(files.get(path)?.toString('utf8') ?? '');
    change(document);
    files.set(path, Buffer.from(document.toString({ lineWidth: 0 })));
  };
  const second = `${email}-2`;
  edit('campaign.yaml', (document) => {
    const written = document.getIn(['emails', email]);
    const { sequence } = document.toJS() as { sequence: { steps: readonly { readonly email?: string }[] } };
    const at = sequence.steps.findIndex((step) => step.email === email);
    if (!isMap(written) || at === -1) throw new Error(`The seed tests the e-mail "${email}", which no step sends.`);
    document.setIn(['emails', second], { ...(written.toJSON() as object), subject: `${email}.subject-2` });
    document.setIn(['sequence', 'steps', at, 'test'], [second]);
    document.setIn(['sequence', 'holdOut'], { percent: holdOutPercent });
  });
  for (const [locale, subject] of Object.entries(subjects))
    edit(`locales/${locale}.yaml`, (document) => document.setIn([email, 'subject-2'], subject));
  return { ...pkg, files };
}
