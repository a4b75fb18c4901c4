import { Button, Group, Stack, TagsInput, Text } from '@mantine/core';
import { canSurround, type SourceElement } from '#template-source';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';
import {
  branchAround,
  canCopy,
  CONDITION_FIELDS,
  type ConditionField,
  conditionValues,
  otherwiseOf,
  withCondition,
  withOtherwise,
  withoutOtherwise,
} from './branch-acts';
import { usedValues } from './shown-variant';
import type { Builder } from './use-builder';

interface ConditionFieldsProps {
  readonly builder: Builder;
  readonly block: SourceElement;
}

/** Which recipients see a block. Selecting it shows the e-mail of such a recipient. */
export function ConditionFields({ builder, block }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const when = branchAround(block, 'tc-when');
  const [isOpen, setOpen] = useState(false);
  if (when === null && !canSurround('tc-when', block)) return null;
  return (
    <Stack gap={8} role="group" aria-label={t('builder.condition')}>
      <Text size="sm" fw={500}>
        {t('builder.condition')}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`builder.${whyOf(block, when)}`)}
      </Text>
      {when === null && !isOpen ? (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t('builder.addCondition')}
        </Button>
      ) : (
        CONDITION_FIELDS.map((field) => (
          <OneField key={field} builder={builder} block={block} when={when} field={field} />
        ))
      )}
      {when !== null && <Otherwise builder={builder} block={block} when={when} />}
    </Stack>
  );
}

/** Who gets the block, as a text. */
function whyOf(block: SourceElement, when: SourceElement | null) {
  if (when === null) return 'forAll';
  if (isOtherwise(block, when)) return 'otherwiseWhy';
  return block.kind === 'page' ? 'pageCondition' : 'conditionWhy';
}

/** Whether a block is for those who do not meet a condition. */
function isOtherwise(block: SourceElement, when: SourceElement): boolean {
  const otherwise = otherwiseOf(when);
  return otherwise !== null && block.start >= otherwise.start && block.end <= otherwise.end;
}

interface OtherwiseProps extends ConditionFieldsProps {
  readonly when: SourceElement;
}

/** What all others get. Selecting it shows the e-mail of one of them. */
function Otherwise({ builder, block, when }: OtherwiseProps) {
  const { t } = useTranslation();
  const { template, blocks, perform, select } = builder;
  const otherwise = otherwiseOf(when);
  if (otherwise === null)
    return (
      <>
        <Text size="xs" c="dimmed">
          {t('builder.othersNothing')}
        </Text>
        {canCopy(when) && (
          <Button size="compact-sm" variant="default" onClick={() => perform(withOtherwise(template, when))}>
            {t('builder.addOtherwise')}
          </Button>
        )}
      </>
    );
  const isOther = isOtherwise(block, when);
  const show = (first: SourceElement | undefined): void => select(blocks.indexOf(first ?? when));
  return (
    <>
      <Group gap={6} role="group" aria-label={t('builder.branches')}>
        <Button
          size="compact-sm"
          variant={isOther ? 'default' : 'filled'}
          aria-pressed={!isOther}
          onClick={() => show(when.children[0])}
        >
          {t('builder.theseRecipients')}
        </Button>
        <Button
          size="compact-sm"
          variant={isOther ? 'filled' : 'default'}
          aria-pressed={isOther}
          onClick={() => show(otherwise.children[0] ?? otherwise)}
        >
          {t('builder.allOthers')}
        </Button>
      </Group>
      <Button size="compact-sm" variant="default" onClick={() => perform(withoutOtherwise(template, otherwise))}>
        {t('builder.removeOtherwise')}
      </Button>
    </>
  );
}

interface OneFieldProps extends ConditionFieldsProps {
  readonly when: SourceElement | null;
  readonly field: ConditionField;
}

function OneField({ builder, block, when, field }: OneFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { template, source, perform } = builder;
  const values = conditionValues(source, when, field);
  const known = field === 'language' ? [...template.locales] : usedValues(template.texts, field);
  return (
    <TagsInput
      label={t(`builder.conditionField.${field}`)}
      placeholder={values.length === 0 ? t('builder.anyValue') : ''}
      size="xs"
      data={known}
      renderOption={({ option }) => (field === 'language' ? format.language(option.value) : option.value)}
      splitChars={[',', '|', ';']}
      value={values}
      acceptValueOnBlur
      comboboxProps={{ withinPortal: false }}
      onChange={(written) => perform(withCondition(template, block, field, written))}
    />
  );
}
