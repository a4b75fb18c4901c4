import { Paper, Stack, Text, Title } from '@mantine/core';
import { pageBlockKind } from '#template-source';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from './block-fields';
import { useBlockName } from './block-name';
import { BlockTexts } from './BlockTexts';
import { type Choices, InspectorField } from './InspectorField';
import { ConditionFields } from './ConditionFields';
import { FormFields } from './FormFields';
import { LockSwitch } from './LockSwitch';
import { PictureSwitch } from './PictureSwitch';
import { PartnerChoice } from './PartnerChoice';
import { ScreenFields } from './ScreenFields';
import { NetworkFields } from './NetworkFields';
import type { Builder } from './use-builder';

interface InspectorProps {
  readonly builder: Builder;
  readonly choices: Choices;
  /** Opens the source of the block. */
  readonly onCode: () => void;
}

/** Content and look of the selected block. */
export function Inspector({ builder, choices, onCode }: InspectorProps) {
  const { t } = useTranslation();
  const { block, source, template } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  if (block === null)
    return (
      <Text size="sm" c="dimmed">
        {t('builder.chooseBlock')}
      </Text>
    );
  const fields = fieldsOf(source, block);
  const isCode = block.kind === 'page' ? pageBlockKind(source, block) === 'code' : fields.length === 0;
  const key = `${builder.selected} ${block.name}`;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('builder.inspector')}>
      <Stack gap="sm">
        <Title order={2} size="h5" lineClamp={2}>
          {nameOf(source, block)}
        </Title>
        <BlockTexts key={`texts ${key}`} builder={builder} block={block} links={choices.links} />
        {fields.map((field) => (
          <InspectorField
            key={`${key} ${field.name}`}
            builder={builder}
            block={block}
            field={field}
            choices={choices}
          />
        ))}
        <FormFields key={`form ${key}`} builder={builder} block={block} links={choices.links} />
        <NetworkFields builder={builder} block={block} choices={choices} />
        <ScreenFields builder={builder} block={block} />
        <LockSwitch builder={builder} block={block} />
        <PictureSwitch builder={builder} block={block} choices={choices} />
        <PartnerChoice builder={builder} block={block} />
        {/* The number of a block changes when it gets a condition; the focus must stay. */}
        <ConditionFields key={source.slice(block.start, block.openEnd)} builder={builder} block={block} />
        {isCode && (
          <Text size="sm" c="dimmed">
            {t('builder.asCode')}
          </Text>
        )}
        <Text component="button" type="button" className="link-button" size="sm" onClick={onCode}>
          {t('builder.openCode')}
        </Text>
      </Stack>
    </Paper>
  );
}
