import { Button, Group, Menu, Modal, TextInput } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, FIELDS, labelOfField } from '../../../shared/text-fields';
import { ToolMenu } from './ToolMenu';

/** An address is always known. */
const needsFallback = (field: Field): boolean => field.startsWith('recipient.') && field !== 'recipient.email';

interface FieldChoiceProps {
  /** @param field name and fallback: `fallback recipient.firstName "there"`. */
  readonly onInsert: (field: string) => void;
}

/** Fields to insert into a text. For one that may be unknown, its replacement is asked first. */
export function FieldChoice({ onInsert }: FieldChoiceProps) {
  const { t } = useTranslation();
  const [asked, ask] = useState<Field | null>(null);
  const nameOf = (field: Field): string => labelOfField(field, t);
  const insert = (field: Field, fallback: string): void => {
    onInsert(needsFallback(field) ? `fallback ${field} "${fallback.trim() || ' '}"` : field);
    ask(null);
  };
  return (
    <>
      <ToolMenu label={t('builder.addField')} icon={<IconBraces size={16} aria-hidden />}>
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
      </ToolMenu>
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
