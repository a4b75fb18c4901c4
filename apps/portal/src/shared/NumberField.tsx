import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { amountText, numberText, type NumberReading, readNumber, withoutCurrency } from './number-text';
import { useUserLocale } from './user-locale';

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'min' | 'max'> {
  /** Empty string, null or undefined: no number. */
  readonly value?: number | '' | null;
  /** Called for each valid input; with an empty string if it is empty. */
  readonly onChange?: (value: number | '') => void;
  /** Whether the typed text is a number of the field, or empty. */
  readonly onValidity?: (isValid: boolean) => void;
  readonly min?: number;
  readonly max?: number;
  /** Most decimals; 0: whole numbers. */
  readonly decimals?: number;
  /** Shown behind the number. */
  readonly unit?: string;
  /** Of an amount (ISO 4217): its signs may be typed, too. */
  readonly currency?: string;
  /** False for numbers that are names, such as a port. */
  readonly isGrouped?: boolean;
}

/**
 * A number, typed as the user writes numbers: see `readNumber`. A text that is
 * no number of the field changes nothing: the field says why, and its form
 * cannot be submitted. On leaving the field, the number is formatted.
 * Mantine's NumberInput drops separators that it does not expect: `12.400`
 * became 400.
 */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, onValidity, min, max, decimals = 0, unit, currency, isGrouped = true, ...input } = props;
  const { error, onBlur, onFocus, onKeyDown, ...rest } = input;
  const field = useNumberText({ value, onChange, onValidity, min, max, decimals, currency, isGrouped });
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => ref.current?.setCustomValidity(field.problem ?? ''), [field.problem]);
  return (
    <TextInput
      {...rest}
      ref={ref}
      inputMode={decimals === 0 && (min ?? -1) >= 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={field.text}
      error={field.isEditing ? error : (field.problem ?? error)}
      onChange={(event) => field.write(event.currentTarget.value)}
      onFocus={(event) => {
        field.focus();
        onFocus?.(event);
      }}
      onBlur={(event) => {
        field.blur();
        onBlur?.(event);
      }}
      onKeyDown={(event) => {
        field.step(event);
        onKeyDown?.(event);
      }}
      {...(unit === undefined
        ? {}
        : {
            rightSection: (
              <Text size="sm" c="dimmed" px="xs" style={{ whiteSpace: 'nowrap' }}>
                {unit}
              </Text>
            ),
            rightSectionWidth: `${unit.length + 3}ch`,
          })}
    />
  );
}

type NumberTextInput = Pick<NumberFieldProps, 'value' | 'onChange' | 'onValidity' | 'min' | 'max'> & {
  readonly decimals: number;
  readonly currency: string | undefined;
  readonly isGrouped: boolean;
};

type NumberForm = Pick<NumberTextInput, 'decimals' | 'currency' | 'isGrouped'>;

const shownText = (value: number, locale: string, { decimals, currency, isGrouped }: NumberForm): string =>
  currency === undefined ? numberText(value, locale, decimals, isGrouped) : amountText(value, locale, decimals);

const readText = (text: string, locale: string, { decimals, currency }: NumberForm): NumberReading =>
  readNumber(currency === undefined ? text : withoutCurrency(text, locale, currency), locale, decimals);

/** The typed text, what is wrong with it, and the listeners of the input. */
function useNumberText({ value, onChange, onValidity, min, max, ...form }: NumberTextInput) {
  const { decimals } = form;
  const locale = useUserLocale();
  const shown = typeof value === 'number' ? shownText(value, locale, form) : '';
  const [typed, setTyped] = useState<string | null>(null);
  const [isEditing, setEditing] = useState(false);
  const problemIn = useNumberProblem(locale, decimals, { min, max });
  const text = typed ?? shown;
  const problem = typed === null ? null : problemIn(typed, readText(typed, locale, form));
  const write = (next: string): void => {
    setTyped(next);
    const reading = readText(next, locale, form);
    const isValid = problemIn(next, reading) === null;
    onValidity?.(isValid);
    if (isValid && reading.kind === 'number') onChange?.(reading.value);
    if (reading.kind === 'empty') onChange?.('');
  };
  const step = (event: KeyboardEvent<HTMLInputElement>): void => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const reading = readText(text, locale, form);
    if (by === undefined || reading.kind !== 'number' || event.currentTarget.readOnly) return;
    event.preventDefault();
    const next = numberText(reading.value + by, locale, decimals, false);
    if (problemIn(next, readNumber(next, locale, decimals)) === null) write(next);
  };
  return {
    text,
    problem,
    isEditing,
    write,
    step,
    focus: () => setEditing(true),
    blur: () => {
      setEditing(false);
      if (problem === null) setTyped(null);
    },
  };
}

interface Range {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** What is wrong with a typed number, as text; null: nothing. */
function useNumberProblem(locale: string, decimals: number, { min, max }: Range) {
  const { t } = useTranslation();
  const show = (value: number) => numberText(value, locale, Math.max(decimals, 3));
  return (text: string, reading: NumberReading): string | null => {
    if (reading.kind === 'empty') return null;
    if (reading.kind === 'ambiguous')
      return t(decimals === 0 ? 'number.ambiguousWhole' : 'number.ambiguous', {
        text: text.trim(),
        grouped: show(reading.grouped),
        decimal: show(reading.decimal),
        typeGrouped: numberText(reading.grouped, locale, 0, false),
        typeDecimal: new Intl.NumberFormat(locale, { useGrouping: false, minimumFractionDigits: 2 }).format(
          reading.decimal,
        ),
      });
    if (reading.kind === 'tooPrecise')
      return t(decimals === 0 ? 'number.whole' : 'number.decimals', { count: decimals });
    if (reading.kind === 'notANumber') return t('number.notANumber', { example: show(1234) });
    if (min !== undefined && max !== undefined && (reading.value < min || reading.value > max))
      return t('number.range', { min: show(min), max: show(max) });
    if (min !== undefined && reading.value < min) return t('number.atLeast', { min: show(min) });
    return max !== undefined && reading.value > max ? t('number.atMost', { max: show(max) }) : null;
  };
}
