import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readText, withText } from './acts';
import { textLook } from './block-boxes';
import { textInPlace } from './email-copy';
import { TextEditor } from './TextEditor';
import { rulesOf } from './text-rules';
import type { Builder } from './use-builder';

interface TextInPlaceProps {
  readonly builder: Builder;
  readonly document: Document;
  readonly links: readonly string[];
  readonly toolsIn: HTMLElement | null;
}

/** The text of a block, edited where it stands and as it looks. */
export function TextInPlace({ builder, document, links, toolsIn }: TextInPlaceProps) {
  const { t } = useTranslation();
  const { blocks, source, writing, template } = builder;
  const block = writing === null ? undefined : blocks[writing];
  const text = block === undefined ? null : textInPlace(source, block);
  const place = writing === null ? null : textLook(document, writing);
  if (block === undefined || text === null || place === null) return null;
  const { left, top, width, height } = place.box;
  return (
    <Box pos="absolute" style={{ left, top, width, minHeight: height, zIndex: 100 }}>
      <TextEditor
        text={readText(template, block, text)}
        label={t('builder.textIn', { language: template.locale })}
        rules={rulesOf(source, block)}
        links={links}
        look={place.look}
        toolsIn={toolsIn}
        autoFocus
        onLeave={(words) => {
          builder.setWriting(null);
          if (words !== null) builder.perform(withText(template, block, text, words));
        }}
      />
    </Box>
  );
}
