import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { languagesToAdd } from '../../shared/campaign-languages';
import { catalogueOf } from './copy-table';
import { declarationsOf, emailFile, emailNameFault, localeFault, withEmail, withLocale } from './new-files';

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
  const choose = (chosen: Kind): void => {
    setTyped('');
    setAsked(false);
    setKind(chosen);
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
          {kinds.length > 1 && <KindChoice kinds={kinds} kind={kind} onKind={choose} />}
          {kind === 'locale' ? (
            <LanguageField texts={texts} tag={typed} fault={isAsked ? fault : null} onTag={setTyped} />
          ) : (
            <NameField name={typed} fault={isAsked ? fault : null} onName={setTyped} />
          )}
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

/** Why the name cannot be used. */
type Fault = ReturnType<typeof emailNameFault | typeof localeFault>;

interface NameFieldProps {
  readonly name: string;
  readonly fault: Fault;
  readonly onName: (name: string) => void;
}

function NameField({ name, fault, onName }: NameFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('newFile.name.email')}
      description={t('newFile.how.email')}
      value={name}
      onChange={(event) => onName(event.currentTarget.value)}
      error={fault !== null && t(fault === 'form' ? 'newFile.fault.form.email' : `newFile.fault.${fault}`)}
      data-autofocus
    />
  );
}

interface LanguageFieldProps {
  readonly texts: Texts;
  /** Empty: none is chosen. */
  readonly tag: string;
  readonly fault: Fault;
  readonly onTag: (tag: string) => void;
}

/** Chooses a language by its name. */
function LanguageField({ texts, tag, fault, onTag }: LanguageFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { withTexts, others } = languagesToAdd(declarationsOf(texts).locales);
  const choices = (tags: readonly string[]) =>
    tags
      .map((value) => ({ value, label: format.language(value) }))
      .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <Select
      label={t('newFile.name.locale')}
      description={t('newFile.how.locale')}
      searchable
      nothingFoundMessage={t('common.nothingFound')}
      comboboxProps={{ withinPortal: true }}
      data={[
        { group: t('newFile.withTexts'), items: choices(withTexts) },
        { group: t('newFile.withoutTexts'), items: choices(others) },
      ]}
      value={tag === '' ? null : tag}
      onChange={(chosen) => onTag(chosen ?? '')}
      error={fault !== null && t(fault === 'form' ? 'newFile.fault.form.locale' : `newFile.fault.${fault}`)}
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
