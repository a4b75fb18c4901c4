import { attributeOf, type SourceElement } from '#template-source';
import type { TraitName } from '#contracts';
import type { Recipient } from '../../../shared/RecipientChoice';
import { CONDITION_FIELDS, type ConditionField, conditionValues } from './branch-acts';
import type { Texts } from './email-copy';

/** What the canvas must be rendered for, so that a block is in it. */
export interface ShownVariant {
  readonly recipient: Recipient;
  /** Options of the partner, by the name of their choice. */
  readonly choices: Readonly<Record<string, string>>;
}

/** A value that no condition has. */
const OTHER = '–';

/** The recipient and the choices with which a block is shown. */
export function variantOf(source: string, block: SourceElement | null): ShownVariant {
  const recipient: Partial<Record<TraitName, string>> = {};
  const choices: Record<string, string> = {};
  for (let at = block; at !== null; at = at.parent) {
    const { parent } = at;
    if (at.name === 'tc-option' && parent !== null)
      choices[attributeOf(source, parent, 'name') ?? ''] = attributeOf(source, at, 'name') ?? '';
    const isElse = at.name === 'tc-else';
    const when = isElse ? parent : at.name === 'tc-when' ? at : null;
    for (const field of when === null ? [] : CONDITION_FIELDS) {
      const [first] = conditionValues(source, when, field);
      if (first !== undefined && field !== 'language') recipient[field] ??= isElse ? OTHER : first;
    }
  }
  return { recipient, choices };
}

const CONDITIONS = /<tc-when\b[^<>]*>|\{\{#when\b[^{}]*\}\}/g;

/** Values of a field that conditions of the campaign ask for. */
export function usedValues(texts: Texts, field: ConditionField): string[] {
  const values = Object.values(texts).flatMap((text) =>
    [...text.matchAll(CONDITIONS)].flatMap(([tag]) =>
      (new RegExp(`\\s${field}=["']([^"']*)["']`).exec(tag)?.[1] ?? '').split('|'),
    ),
  );
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))].toSorted();
}
