import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/Dialog';
import { catalogueOf } from './copy-table';
import { emailFile, emailNameFault, localeFault, withEmail, withLocale } from './new-files';

type Kind = 'email' | 'locale';
type Texts = Readonly<Record<string, string>>;

interface NewFileProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Every text file with unsaved changes. */
  readonly texts: Texts;
  /** Kinds of files for the current tab, the usual one first. */
  readonly kinds: readonly Kind[];
  /** @param name the key of an e-mail, the tag of a language. */
  readonly onMake: (made: Texts, path: string, name: string) => void;
}

/**
 * Asks for the name of a new file, and adds it with its entry in
 * `campaign.yaml`.
 */
export function NewFile({ opened, onClose, texts, kinds, onMake }: NewFileProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'email');
  const [typed, setTyped] = useState('');
  const [isAsked, setAsked] = useState(false);
  const name = typed.trim();
  const fault = kind === 'email' ? emailNameFault(texts, name) : localeFault(texts, name);
  const words = useFirstWords();
  const close = (): void => {
    setTyped('');
    setAsked(false);
    onClose();
  };
  const make = (): void => {
    setAsked(true);
    if (fault !== null) return;
    if (kind === 'email') onMake(withEmail(texts, name, words), emailFile(name), name);
    else onMake(withLocale(texts, name), catalogueOf(name), name);
    close();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t(kinds.length === 1 ? 'newFile.email' : 'newFile.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Stack>
          {kinds.length > 1 && <KindChoice kinds={kinds} kind={kind} onKind={setKind} />}
          <NameField kind={kind} name={typed} fault={isAsked ? fault : null} onName={setTyped} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button type="submit">{t('newFile.make')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface NameFieldProps {
  readonly kind: Kind;
  readonly name: string;
  /** Why the name cannot be used. */
  readonly fault: ReturnType<typeof emailNameFault | typeof localeFault>;
  readonly onName: (name: string) => void;
}

function NameField({ kind, name, fault, onName }: NameFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(`newFile.name.${kind}`)}
      description={t(`newFile.how.${kind}`)}
      value={name}
      onChange={(event) => onName(event.currentTarget.value)}
      error={fault !== null && t(fault === 'form' ? `newFile.fault.form.${kind}` : `newFile.fault.${fault}`)}
      data-autofocus
    />
  );
}

/** Texts of a new e-mail. */
function useFirstWords() {
  const { t } = useTranslation();
  return {
    subject: t('newFile.first.subject'),
    preheader: t('newFile.first.preheader'),
    title: t('newFile.first.title'),
    text: t('newFile.first.text'),
    unsubscribe: t('newFile.first.unsubscribe'),
  };
}

interface KindChoiceProps extends Pick<NewFileProps, 'kinds'> {
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
}

function KindChoice({ kinds, kind, onKind }: KindChoiceProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('newFile.kind')}
      value={kind}
      onChange={onKind}
      data={kinds.map((one) => ({ value: one, label: t(`newFile.kinds.${one}`) }))}
    />
  );
}
