import { ActionIcon, Button, Group, Menu, Modal, TextInput, Tooltip } from '@mantine/core';
import type { EditorView } from '@codemirror/view';
import { IconBold, IconBraces, IconItalic, IconLink } from '@tabler/icons-react';
import { Fragment, type MouseEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addLink, insertField, type TextRules, toggleTag } from './rich-text';

/** Fields of a text, by the person or company that they describe. Those of recipients may be unknown. */
const FIELDS = {
  recipient: [
    'recipient.greeting',
    'recipient.firstName',
    'recipient.lastName',
    'recipient.company',
    'recipient.industry',
    'recipient.email',
  ],
  partner: [
    'partner.name',
    'partner.legalName',
    'partner.address',
    'partner.contact.name',
    'partner.contact.title',
    'partner.contact.email',
    'partner.contact.phone',
  ],
} as const;
type Field = (typeof FIELDS)[keyof typeof FIELDS][number];
/** An address is always known. */
const needsFallback = (field: Field): boolean => field.startsWith('recipient.') && field !== 'recipient.email';

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
      <FieldChoice view={view} />
    </Group>
  );
}

/** Inserts a field at the caret. For one that may be unknown, its replacement is asked first. */
function FieldChoice({ view }: Pick<TextToolsProps, 'view'>) {
  const { t } = useTranslation();
  const [asked, ask] = useState<Field | null>(null);
  const nameOf = (field: Field): string => t(`builder.fields.${field.replaceAll('.', '_') as 'partner_name'}`);
  const insert = (field: Field, fallback: string): void => {
    insertField(view, needsFallback(field) ? `fallback ${field} "${fallback.trim() || ' '}"` : field);
    ask(null);
    view.focus();
  };
  return (
    <>
      <Choice label={t('builder.addField')} icon={<IconBraces size={16} aria-hidden />}>
        {(['recipient', 'partner'] as const).map((of) => (
          <Fragment key={of}>
            <Menu.Label>{t(`builder.fieldsOf.${of}`)}</Menu.Label>
            {FIELDS[of].map((field) => (
              <Menu.Item key={field} onClick={() => (needsFallback(field) ? ask(field) : insert(field, ''))}>
                {nameOf(field)}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Choice>
      {asked !== null && (
        <FallbackForm label={nameOf(asked)} onDone={(words) => insert(asked, words)} onClose={() => ask(null)} />
      )}
    </>
  );
}

interface FallbackFormProps {
  readonly label: string;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
}

/** The words for recipients whose field is empty. */
function FallbackForm({ label, onDone, onClose }: FallbackFormProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  return (
    <Modal opened onClose={onClose} title={label} data-text-tools>
      <form
        data-text-tools
        onSubmit={(event) => {
          event.preventDefault();
          onDone(words.replaceAll(/["{}<>]/g, ''));
        }}
      >
        <TextInput
          data-autofocus
          label={t('builder.fallback')}
          description={t('builder.fallbackWhy')}
          maxLength={60}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit">{t('builder.insertField')}</Button>
        </Group>
      </form>
    </Modal>
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
