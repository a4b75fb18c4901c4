import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferView } from '#contracts';
import { useTranslateCode } from './translate-code';

type MissingField = OfferView['missing'][number];
const COLOURS = ['primary', 'onPrimary', 'secondary', 'onSecondary', 'link'] as const;

/** Translated name of a field that a brand profile lacks for a campaign. */
export function useMissingFieldText(): (lack: MissingField) => string {
  const { t, i18n } = useTranslation();
  const translateCode = useTranslateCode();
  return useCallback(
    ({ field, sentence, contrast, named }) => {
      if (contrast === undefined) return translateCode('missing', field, sentence, named);
      const inkName = (ink: string): string => {
        const name = COLOURS.find((colour) => ink.endsWith(`.${colour}`));
        return name === undefined ? ink : t(`lack.colour.${name}`);
      };
      const { text, colour, surface, ratio, needed, suggestion, tactic } = contrast;
      const number = new Intl.NumberFormat(i18n.language);
      const values = {
        text,
        tactic: tactic.slice(tactic.indexOf('.') + 1),
        colour: inkName(colour),
        surface: inkName(surface),
        ratio: number.format(ratio),
        needed: number.format(needed),
        field: inkName(field),
      };
      const remedy = suggestion === null ? '' : ` ${t('lack.contrastUse', { field: values.field, suggestion })}`;
      return `${t('lack.contrast', values)}${remedy}`;
    },
    [t, i18n, translateCode],
  );
}
