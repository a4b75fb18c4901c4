import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import type { EditorView } from '@codemirror/view';
import { IconBold, IconBraces, IconItalic, IconLink } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addLink, insertField, type TextRules, toggleTag } from './rich-text';

/** Fields that a text can show without a replacement. */
const FIELDS = ['partner.name', 'partner.contact.name', 'partner.contact.email', 'partner.contact.phone'] as const;

interface TextToolsProps {
  readonly view: EditorView;
  readonly rules: TextRules;
  readonly links: readonly string[];
}

/** The selection in the text stays while its tools are used. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

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
          <Choice label={t('builder.addLink')} icon={<IconLink size={16} aria-hidden />}>
            {links.map((link) => (
              <Menu.Item key={link} onClick={() => addLink(view, link)}>
                {link}
              </Menu.Item>
            ))}
          </Choice>
        </>
      )}
      <Choice label={t('builder.addField')} icon={<IconBraces size={16} aria-hidden />}>
        {FIELDS.map((field) => (
          <Menu.Item key={field} onClick={() => insertField(view, field)}>
            {t(`builder.fields.${field.replaceAll('.', '_') as 'partner_name'}`)}
          </Menu.Item>
        ))}
      </Choice>
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

function Choice({
  label,
  icon,
  children,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Menu withinPortal returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={label} title={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown data-text-tools onMouseDown={keepFocus}>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
