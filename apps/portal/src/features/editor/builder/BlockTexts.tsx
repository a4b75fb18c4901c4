import { Button, Group, Stack, Text } from '@mantine/core';
import type { SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { readText, withOwnText, withText } from './acts';
import { type BlockText, fallbackKeys, otherUses, textsOfBlock } from './email-copy';
import { TextEditor } from './TextEditor';
import { rulesOf } from './text-rules';
import type { Builder } from './use-builder';

interface BlockTextsProps {
  readonly builder: Builder;
  readonly block: SourceElement;
  readonly links: readonly string[];
}

/** The texts of a block in the shown language. A footer has several. */
export function BlockTexts({ builder, block, links }: BlockTextsProps) {
  const { t } = useTranslation();
  const language = builder.template.locale;
  const texts = textsOfBlock(builder.source, block);
  const labelOf = (at: number): string =>
    t(texts.length > 1 ? 'builder.textNumber' : 'builder.textIn', { language, number: at + 1 });
  return (
    <>
      {texts.map((text, at) => (
        <OneText
          key={text.kind === 'copy' ? text.key : at}
          builder={builder}
          block={block}
          links={links}
          text={text}
          label={labelOf(at)}
        />
      ))}
      {fallbackKeys(builder.source, block).map((key) => (
        <OneText
          key={key}
          builder={builder}
          block={block}
          links={links}
          text={{ kind: 'copy', key }}
          label={t('builder.fallbackIn', { language })}
        />
      ))}
    </>
  );
}

interface OneTextProps extends BlockTextsProps {
  readonly text: BlockText;
  readonly label: string;
}

function OneText({ builder, block, links, text, label }: OneTextProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const uses = text.kind === 'copy' ? otherUses(template.texts, template.file, text.key) : [];
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <TextEditor
        text={readText(template, block, text)}
        label={label}
        rules={rulesOf(source, block)}
        links={links}
        look={BOX}
        onLeave={(words) => words !== null && perform(withText(template, block, text, words))}
      />
      {text.kind === 'copy' && uses.length > 0 && (
        <Group gap="xs" justify="space-between">
          <Text size="xs" c="dimmed">
            {t('builder.alsoIn', { count: uses.length, files: uses.map(nameOf).join(', ') })}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => perform(withOwnText(template, block, text.key))}>
            {t('builder.onlyHere')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const BOX = {
  border: '1px solid var(--mantine-color-default-border)',
  borderRadius: 4,
  padding: '6px 10px',
  minHeight: 36,
  fontSize: 14,
} as const;

/** `emails/proof.mjml` as `proof`. */
const nameOf = (file: string): string => file.replace(/^[^/]*\//, '').replace(/\.[^.]*$/, '');
