import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { canSurround, type SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { branchAround, choosable, hideable, unwrapped, withoutVariant, withVariant } from './branch-acts';
import { SlotLabel } from './LockSwitch';
import type { Builder } from './use-builder';

interface PartnerChoiceProps {
  readonly builder: Builder;
  readonly block: SourceElement;
}

/** Whether partners may hide a block, or choose between variants of it. */
export function PartnerChoice({ builder, block }: PartnerChoiceProps) {
  const { t } = useTranslation();
  const { template, perform } = builder;
  const optional = branchAround(block, 'tc-optional');
  const choice = branchAround(block, 'tc-choice');
  const canHide = optional !== null || canSurround('tc-optional', block);
  const canChoose = choice !== null || canSurround('tc-choice', block);
  if (!canHide && !canChoose) return null;
  return (
    <Stack gap={8} role="group" aria-label={t('builder.partnerMay')}>
      <Text size="sm" fw={500}>
        {t('builder.partnerMay')}
      </Text>
      {canHide && (
        <Checkbox
          label={t('builder.mayHide')}
          checked={optional !== null}
          onChange={() => perform(optional === null ? hideable(template, block) : unwrapped(template, optional))}
        />
      )}
      {optional !== null && <SlotLabel builder={builder} block={optional} />}
      {canChoose && (
        <Checkbox
          label={t('builder.mayChoose')}
          description={t('builder.mayChooseWhy')}
          checked={choice !== null}
          onChange={() => perform(choice === null ? choosable(template, block) : unwrapped(template, choice))}
        />
      )}
      {choice !== null && <Variants builder={builder} choice={choice} block={block} />}
    </Stack>
  );
}

interface VariantsProps extends PartnerChoiceProps {
  readonly choice: SourceElement;
}

/** The variants of a choice. The canvas shows the first, until another is selected. */
function Variants({ builder, block, choice }: VariantsProps) {
  const { t } = useTranslation();
  const { template, blocks, perform, select } = builder;
  const own = choice.children.find(({ start, end }) => block.start >= start && block.end <= end) ?? null;
  const last = choice.children.at(-1);
  return (
    <Stack gap={8}>
      <SlotLabel builder={builder} block={choice} />
      <Group gap={6}>
        {choice.children.map((option, at) => (
          <Button
            key={option.start}
            size="compact-sm"
            variant={option === own ? 'filled' : 'default'}
            aria-pressed={option === own}
            onClick={() => select(blocks.indexOf(option.children[0] ?? option))}
          >
            {t('builder.variant', { number: at + 1 })}
          </Button>
        ))}
        {last !== undefined && (
          <Button size="compact-sm" variant="default" onClick={() => perform(withVariant(template, last))}>
            {t('builder.addVariant')}
          </Button>
        )}
      </Group>
      {own !== null && (
        <>
          <SlotLabel builder={builder} block={own} kind="variant" />
          <Button size="compact-sm" variant="default" onClick={() => perform(withoutVariant(template, own))}>
            {t('builder.removeVariant')}
          </Button>
        </>
      )}
    </Stack>
  );
}
