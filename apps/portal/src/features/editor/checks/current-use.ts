import { usedKeys } from '#template-source';
import { visit } from 'yaml';
import { readYamlOnly } from '../yaml-file';

const CAMPAIGN = 'campaign.yaml';
const CATALOGUE = /^locales\/.+\.yaml$/;

type Texts = Readonly<Record<string, string>>;

/** `campaign.yaml` and the files that it names: nothing else uses a text or file. */
const readFiles = (texts: Texts): [path: string, text: string][] =>
  Object.entries(texts).filter(
    ([path]) => path === CAMPAIGN || CATALOGUE.test(path) || (texts[CAMPAIGN] ?? '').includes(path),
  );

/** Whether the campaign uses a text of the catalogues now. */
export const isKeyUsed = (texts: Texts, key: string): boolean =>
  readFiles(texts).some(([path, text]) => (path === CAMPAIGN ? saysKey(text, key) : usedKeys(text).includes(key)));

/** Whether the campaign uses a file now. */
export const isFileUsed = (texts: Texts, file: string): boolean =>
  readFiles(texts).some(([path, text]) => path !== file && text.includes(file));

function saysKey(campaign: string, key: string): boolean {
  const file = readYamlOnly(campaign);
  let isSaid = false;
  if (file.ok)
    visit(file.document, {
      Scalar: (at, { value }) => {
        isSaid ||= at !== 'key' && value === key;
      },
    });
  return isSaid;
}
