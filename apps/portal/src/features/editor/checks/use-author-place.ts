import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { campaignTexts, type TextPlace } from '#translation';
import { useFormat } from '../../../shared/format';
import { usePlaceText as useFileText } from '../../../shared/gate-place';
import type { Problem } from '../../../shared/gates';
import type { Tactics } from '../../../shared/tactic-names';
import { declarationsOf } from '../new-files';
import { usePlaceText as useTextPlace } from '../translation/TextPlaces';
import { keyAtLine, namedKey } from './catalogue-keys';
import { placeOf } from './problem-place';

type Texts = Readonly<Record<string, string>>;

/**
 * Where a problem is, for an author who does not read files: what shows the text, or the form
 * that has it. Lines are of use in the code only.
 */
export function useAuthorPlace(texts: Texts, tactics: Tactics): (problem: Problem) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const fileText = useFileText(tactics);
  const textPlace = useTextPlace(tactics);
  const places = useMemo(() => placesIn(texts), [texts]);
  const isOnlyLanguage = declarationsOf(texts).locales.length < 2;
  return (problem) => {
    const [, tag] = /^locales\/(.+)\.yaml$/.exec(problem.file) ?? [];
    if (tag !== undefined) {
      const key = keyAtLine(texts[problem.file] ?? '', problem.line) ?? namedKey(problem.message);
      const [place] = places.get(key ?? '') ?? [];
      if (place !== undefined) {
        const part = textPlace(place);
        return `${isOnlyLanguage ? part : t('gates.places.inLanguage', { part, language: format.language(tag) })}:`;
      }
    }
    if (problem.file === 'campaign.yaml') {
      const { tab } = placeOf(problem, texts);
      return tab === 'files' ? fileText(problem) : `${t(`editorTabs.${tab}`)}:`;
    }
    return fileText({ ...problem, line: null });
  };
}

const placesIn = (texts: Texts): ReadonlyMap<string, readonly TextPlace[]> =>
  new Map(campaignTexts(texts).texts.map(({ key, places }) => [key, places]));
