import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import type { EditorView } from '@codemirror/view';
import { IconBold, IconItalic, IconLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldChoice } from './FieldChoice';
import { addLink, insertField, type TextRules, toggleTag } from './rich-text';
import { keepFocus, ToolMenu } from './ToolMenu';

interface TextToolsProps {
  readonly view: EditorView;
  readonly rules: TextRules;
  readonly links: readonly string[];
}

/** Formats, links and fields for the selected words of a text. */
export function TextTools({ view, rules, links }: TextToolsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} role="toolbar" aria-label={t('builder.textTools')} data-text-tools onMouseDown={keepFocus}>
      {rules.hasFormats && (
        <>
          <Tool label={t('builder.bold')} onClick={() => toggleTag(view, 'b')}>
            <IconBold size={16} aria-hidden />
          </Tool>
          <Tool label={t('builder.italic')} onClick={() => toggleTag(view, 'i')}>
            <IconItalic size={16} aria-hidden />
          </Tool>
          <ToolMenu label={t('builder.addLink')} icon={<IconLink size={16} aria-hidden />}>
            {links.map((link) => (
              <Menu.Item key={link} onClick={() => addLink(view, link)}>
                {link}
              </Menu.Item>
            ))}
          </ToolMenu>
        </>
      )}
      <FieldChoice
        onInsert={(field) => {
          insertField(view, field);
          view.focus();
        }}
      />
    </Group>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

function Tool({ label, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} {...(onClick === undefined ? {} : { onClick })}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
