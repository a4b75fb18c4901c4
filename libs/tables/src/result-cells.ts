import type { ReleasedNumber, SendTimeView, StepName, UserLanguage, VariantView } from '#contracts';
import { DAY_MS } from '#kernel';
import { TABLE_TEXTS, type TableCell, type TwoForms, valueName } from './csv-table.js';
import { withheldCell } from './withheld-cell.js';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Any Monday. */
const MONDAY_MS = Date.UTC(2026, 10, 2);

/** `14:00–16:00 (Tue, Thu)`. */
export function sendTimeText({ from, to, weekdays }: SendTimeView, language: UserLanguage): string {
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const days = weekdays.map((day) => format.format(MONDAY_MS + WEEKDAYS.indexOf(day) * DAY_MS)).join(', ');
  return days === '' ? `${from}–${to}` : `${from}–${to} (${days})`;
}

/** A released number. @param number null: not released yet. */
export function releasedCell(number: ReleasedNumber | null): TableCell {
  if (number === null) return withheldCell('not-released');
  return number.value ?? withheldCell('withheld');
}

/**
 * A step: its key for programs, its name for readers.
 * @param names of the steps of its campaign; a step of an earlier version may
 *   have none, and keeps its key.
 */
export function stepCell(stepKey: string, names: readonly StepName[]): TwoForms {
  const name = names.find((one) => one.stepKey === stepKey);
  return {
    forPrograms: stepKey,
    forReaders: (language) => {
      if (name === undefined) return stepKey;
      const { t } = TABLE_TEXTS.in(language);
      const kind = t(`steps.${name.kind}`);
      return name.number === null ? kind : t('steps.numbered', { kind, number: String(name.number) });
    },
  };
}

type Variant = Pick<VariantView, 'variant' | 'locale' | 'email' | 'time' | 'conditions'>;

/** A recipient's variant: as it is stored for programs, in words for readers. */
export const variantCell = ({ variant, locale, email, time, conditions }: Variant): TwoForms => ({
  forPrograms: variant,
  forReaders: (language) => {
    const { t } = TABLE_TEXTS.in(language);
    if (locale === null) return t('variants.unrecorded');
    return [
      ...(email === null ? [] : [t('variants.email', { email })]),
      ...(time === null ? [] : [t('variants.time', { time: sendTimeText(time, language) })]),
      new Intl.DisplayNames(language, { type: 'language' }).of(locale) ?? locale,
      ...conditions.map((condition) => conditionText(condition, language)),
    ].join(' · ');
  },
});

/** `industry=finance|insurance & country=DE` in words. */
function conditionText(condition: string, language: UserLanguage): string {
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  return condition
    .split(' & ')
    .map((pair) => {
      const [field = '', values] = pair.split('=');
      if (values === undefined) return TABLE_TEXTS.in(language).t('variants.many');
      const shown = values.split('|').map((value) => (field === 'country' ? (countries.of(value) ?? value) : value));
      return `${valueName(language, 'field', field)}: ${either.format(shown)}`;
    })
    .join(', ');
}
