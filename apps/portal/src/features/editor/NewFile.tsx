import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignLayoutContent } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import { fetchLayout } from '../../shared/shipped-layouts';
import { useLanguageChoices } from '../../shared/use-language-choices';
import { WaitNote } from '../../shared/WaitNote';
import { useLatest } from './builder/use-latest';
import { catalogueOf } from './copy-table';
import { LayoutChoice } from './LayoutChoice';
import { keyFromName, PAGE_KEY, pageFile, picturesOf, withEmailLayout, withPageLayout } from './layouts';
import { declarationsOf, emailFile, emailNameFault, localeFault, type NameFault, withLocale } from './new-files';
import type { useUpload } from './use-upload';

type Kind = 'email' | 'page' | 'locale';
type Texts = Readonly<Record<string, string>>;

/** A created e-mail, page or language. */
interface MadeFile {
  readonly kind: Kind;
  /** Key of the e-mail or page, tag of the language. */
  readonly name: string;
  readonly path: string;
  /** The changed files. */
  readonly texts: Texts;
}

interface NewFileProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Every text file with unsaved changes. */
  readonly texts: Texts;
  /** Paths of pictures and documents of the draft. */
  readonly paths: readonly string[];
  readonly upload: ReturnType<typeof useUpload>;
  /** Kinds of files for the current tab, the usual one first. */
  readonly kinds: readonly Kind[];
  readonly onMake: (made: MadeFile) => void;
}

/** Layout that needs no choice. */
const FIRST_LAYOUT = { email: 'blank', page: 'lead-form' } as const;

/**
 * Asks for a layout and the name of a new e-mail or page, or for a language,
 * and adds it with its entry in `campaign.yaml`.
 */
export function NewFile({ opened, onClose, kinds, ...props }: NewFileProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'email');
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t(`newFile.${titleOf(kinds)}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      size={kind === 'locale' ? 'md' : 'xl'}
      centered
    >
      <Stack>
        {kinds.length > 1 && <KindChoice kinds={kinds} kind={kind} onKind={setKind} />}
        {kind === 'locale' ? (
          <NewLanguage {...props} onClose={onClose} />
        ) : (
          <NewTemplate key={kind} {...props} kind={kind} onClose={onClose} />
        )}
      </Stack>
    </Dialog>
  );
}

function titleOf(kinds: readonly Kind[]): 'email' | 'template' | 'title' {
  if (kinds.length === 1) return 'email';
  return kinds.includes('locale') ? 'title' : 'template';
}

type FormProps = Omit<NewFileProps, 'opened' | 'kinds'>;

function NewTemplate({ kind, texts, paths, upload, onMake, onClose }: FormProps & { readonly kind: 'email' | 'page' }) {
  const { t } = useTranslation();
  const [layout, setLayout] = useState<string>(FIRST_LAYOUT[kind]);
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const key = kind === 'email' ? keyFromName(name) : PAGE_KEY;
  const fault = kind === 'email' ? emailNameFault(texts, key) : null;
  const latest = useLatest({ texts, paths, onMake });
  const path = kind === 'email' ? emailFile(key) : pageFile(key);
  const withLayout = (now: Texts, content: CampaignLayoutContent): Texts =>
    kind === 'email' ? withEmailLayout(now, key, content) : withPageLayout(now, content);
  const make = useMutation({
    mutationFn: async () => {
      const content = await fetchLayout(layout);
      for (const picture of picturesOf(content, withLayout(latest.current.texts, content)[path] ?? ''))
        if (!latest.current.paths.includes(picture.path)) await upload.mutateAsync(picture);
      return content;
    },
    onSuccess: (content) => {
      // Others may have changed the files meanwhile, or made this one.
      const now = latest.current.texts;
      if (kind === 'email' && emailNameFault(now, key) !== null) return;
      const isThere = kind === 'page' && declarationsOf(now).pages.length > 0;
      if (!isThere) latest.current.onMake({ kind, name: key, path, texts: withLayout(now, content) });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (fault === null) make.mutate();
      }}
    >
      <Stack>
        {kind === 'email' && (
          <TextInput
            label={t('newFile.name.email')}
            description={t('newFile.how.email')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={
              isAsked && fault !== null && t(fault === 'form' ? 'newFile.fault.form.email' : `newFile.fault.${fault}`)
            }
            data-autofocus
          />
        )}
        <LayoutChoice kind={kind} layout={layout} onLayout={setLayout} />
        <WaitNote isWaiting={make.isPending} what={t('newFile.wait')} />
        <ProblemNote error={make.error} />
        <FormButtons onClose={onClose} isPending={make.isPending} />
      </Stack>
    </form>
  );
}

function NewLanguage({ texts, onMake, onClose }: FormProps) {
  const { t } = useTranslation();
  const [tag, setTag] = useState('');
  const [isAsked, setAsked] = useState(false);
  const fault: NameFault | null = localeFault(texts, tag);
  const data = useLanguageChoices([], declarationsOf(texts).locales);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (fault !== null) return;
        onMake({ kind: 'locale', name: tag, path: catalogueOf(tag), texts: withLocale(texts, tag) });
        onClose();
      }}
    >
      <Stack>
        <Select
          label={t('newFile.name.locale')}
          description={t('newFile.how.locale')}
          searchable
          nothingFoundMessage={t('common.nothingFound')}
          comboboxProps={{ withinPortal: true }}
          data={data}
          value={tag === '' ? null : tag}
          onChange={(chosen) => setTag(chosen ?? '')}
          error={
            isAsked && fault !== null && t(fault === 'form' ? 'newFile.fault.form.locale' : `newFile.fault.${fault}`)
          }
          data-autofocus
        />
        <FormButtons onClose={onClose} isPending={false} />
      </Stack>
    </form>
  );
}

function FormButtons({ onClose, isPending }: { readonly onClose: () => void; readonly isPending: boolean }) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {t('common.back')}
      </Button>
      <Button type="submit" loading={isPending}>
        {t('newFile.make')}
      </Button>
    </Group>
  );
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
