import { Button, Group, Stack, Text } from '@mantine/core';
import type { SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { readText, withOwnText, withText } from './acts';
import { type BlockText, otherUses, textsOfBlock } from './email-copy';
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
  const texts = textsOfBlock(builder.source, block);
  return texts.map((text, at) => (
    <OneText
      key={text.kind === 'copy' ? text.key : at}
      builder={builder}
      block={block}
      links={links}
      text={text}
      number={texts.length > 1 ? at + 1 : null}
    />
  ));
}

interface OneTextProps extends BlockTextsProps {
  readonly text: BlockText;
  /** Null if the block has one text. */
  readonly number: number | null;
}

function OneText({ builder, block, links, text, number }: OneTextProps) {
  const { t } = useTranslation();
  const { email, source, perform } = builder;
  const label = t(number === null ? 'builder.textIn' : 'builder.textNumber', { language: email.locale, number });
  const uses = text.kind === 'copy' ? otherUses(email.texts, email.file, text.key) : [];
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <TextEditor
        text={readText(email, block, text)}
        label={label}
        rules={rulesOf(source, block)}
        links={links}
        look={BOX}
        onLeave={(words) => words !== null && perform(withText(email, block, text, words))}
      />
      {text.kind === 'copy' && uses.length > 0 && (
        <Group gap="xs" justify="space-between">
          <Text size="xs" c="dimmed">
            {t('builder.alsoIn', { count: uses.length, files: uses.map(nameOf).join(', ') })}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => perform(withOwnText(email, block, text.key))}>
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
