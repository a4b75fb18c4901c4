import { Alert, Badge, Button, Group, List, Modal, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { XliffCheck } from '#contracts';
import type { Translation } from '#translation';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useCan } from '../../../shared/session';
import { checkXliff } from './api';
import { useLatest } from '../builder/use-latest';
import type { EditSession } from '../edit-session';
import { useUndo } from '../undo';
import { directionOfLanguage, importable, withTexts } from './desk';
import type { SaidText, useDesk } from './use-desk';

interface ImportTextsProps {
  readonly campaignId: string;
  readonly file: File;
  readonly locale: string;
  readonly edits: EditSession;
  readonly desk: ReturnType<typeof useDesk>;
  readonly translations: readonly Translation[];
  readonly onClose: () => void;
}

type CheckedText = XliffCheck['texts'][number];
type Outcome = CheckedText['outcome'];

/** Outcomes that change a text or its state. */
const TAKEN: readonly Outcome[] = ['new', 'changed', 'restated', 'outdated'];
const IN_ORDER: readonly Outcome[] = [
  'error',
  'new',
  'changed',
  'outdated',
  'restated',
  'unchanged',
  'empty',
  'unknown',
];
const COLOURS: Readonly<Record<Outcome, string>> = {
  error: 'red',
  new: 'teal',
  changed: 'blue',
  outdated: 'orange',
  restated: 'blue',
  unchanged: 'gray',
  empty: 'gray',
  unknown: 'gray',
};
const MOST_ROWS = 200;

/** What a file from a translator would change, before it does. */
export function ImportTexts(props: ImportTextsProps) {
  const { campaignId, file, locale, edits, onClose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const check = useQuery({
    queryKey: ['xliff-check', campaignId, locale, file.name, file.lastModified, file.size],
    queryFn: async () => {
      // The server compares with what it has.
      await edits.autosave.saveNow();
      const form = new FormData();
      form.set('file', file);
      return checkXliff({ campaignId, locale }, form);
    },
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      centered
      title={t('translation.importTitle', { file: file.name, language: format.language(locale) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        {check.isPending && <Text size="sm">{t('translation.checking')}</Text>}
        <ProblemNote error={check.error} />
        {check.data === undefined ? (
          check.error !== null && (
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.back')}
              </Button>
            </Group>
          )
        ) : (
          <Summary {...props} texts={check.data.texts} />
        )}
      </Stack>
    </Modal>
  );
}

interface SummaryProps extends ImportTextsProps {
  readonly texts: readonly CheckedText[];
}

function Summary(props: SummaryProps) {
  const { texts, locale, onClose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const errors = texts.filter(({ outcome }) => outcome === 'error');
  const taken = texts.filter(({ outcome }) => TAKEN.includes(outcome));
  const tooLong = taken.filter(({ isTooLong }) => isTooLong).length;
  const take = useImport(props, taken);
  // What was left out needs a new check: the summary did not show what it would replace.
  const mayGoOn = take.data === undefined || take.data.error !== null;
  return (
    <>
      <Group gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {IN_ORDER.map((outcome) => ({ outcome, count: texts.filter((one) => one.outcome === outcome).length }))
          .filter(({ count }) => count > 0)
          .map(({ outcome, count }) => (
            <li key={outcome}>
              <Badge size="lg" variant="light" color={COLOURS[outcome]} tt="none">
                {t(`translation.outcomes.${outcome}`)}: {format.number(count)}
              </Badge>
            </li>
          ))}
      </Group>
      {errors.length > 0 && <Errors errors={errors} />}
      {taken.some(({ outcome }) => outcome === 'outdated') && <Text size="sm">{t('translation.outdatedHow')}</Text>}
      {tooLong > 0 && <Text size="sm">{t('translation.tooLong', { count: tooLong })}</Text>}
      {taken.length > 0 && <TakenTexts texts={taken} locale={locale} />}
      <ProblemNote error={take.error} />
      {take.data !== undefined && !isWhole(take.data) && <PartlyImported imported={take.data} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.back')}
        </Button>
        {errors.length === 0 && taken.length > 0 && mayGoOn && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            {t('translation.importNow', { count: taken.length })}
          </Button>
        )}
      </Group>
      {errors.length === 0 && taken.length === 0 && <Text size="sm">{t('translation.nothingNew')}</Text>}
    </>
  );
}

type LeftText = Pick<CheckedText, 'key'> & { readonly now: string | null };

interface Imported {
  readonly count: number;
  /** Texts that are not stored, because of the error. */
  readonly unstored: number;
  /** Texts that are stored, but not marked as reviewed, because of the error. */
  readonly unreviewed: number;
  /** Texts that another person has changed since the check. */
  readonly left: readonly LeftText[];
  readonly error: Error | null;
}

const isWhole = ({ error, left }: Imported): boolean => error === null && left.length === 0;

/**
 * Stores what the texts translate, and writes those that are stored into the
 * draft as one change that can be undone. An error after some of them ends it.
 */
function useImport(props: ImportTextsProps, taken: readonly CheckedText[]) {
  const { edits, desk, locale, onClose } = props;
  const { t } = useTranslation();
  const can = useCan();
  const { write } = useUndo(edits, 'translation');
  const reviewer = desk.desk?.languages.find((one) => one.locale === locale)?.reviewer ?? null;
  const mayReview = can('campaigns.comment') && (reviewer === null || reviewer.isYou);
  // Sending takes seconds, in which other people's changes arrive.
  const latest = useLatest({ ...props, write });
  const writeStored = (texts: readonly CheckedText[]): void => {
    const paths = new Map(latest.current.translations.map(({ key, path }) => [key, path]));
    const written = texts.flatMap(({ key, text }) => {
      const path = paths.get(key);
      return path === undefined || text === null ? [] : [{ key, path, text }];
    });
    latest.current.write(withTexts(latest.current.edits.texts, locale, written));
  };
  return useMutation({
    mutationFn: async (): Promise<Imported> => {
      const begun = importable(taken, latest.current.translations);
      const translated = await desk.sayAll({ kind: 'translated', locale, texts: saidOf(begun.taken) });
      const keys = new Set(translated.stored.map(({ key }) => key));
      const stored = importable(
        begun.taken.filter(({ key }) => keys.has(key)),
        latest.current.translations,
      );
      writeStored(stored.taken);
      const reviewed = saidOf(mayReview ? stored.taken.filter(({ isReviewed }) => isReviewed) : []);
      const released =
        translated.error === null
          ? await desk.sayAll({ kind: 'reviewed', locale, texts: reviewed })
          : { stored: [], error: translated.error };
      return {
        count: stored.taken.length,
        unstored: begun.taken.length - keys.size,
        unreviewed: reviewed.length - released.stored.length,
        left: [...begun.left, ...stored.left],
        error: released.error,
      };
    },
    onSuccess: (imported) => {
      if (imported.count > 0)
        notifications.show({ color: 'teal', message: t('translation.imported', { count: imported.count }) });
      if (isWhole(imported)) onClose();
    },
  });
}

const saidOf = (texts: readonly CheckedText[]): SaidText[] =>
  texts.flatMap(({ key, source, text }) => (text === null ? [] : [{ key, source, text }]));

/** What of an import is stored, and what is not. */
function PartlyImported({ imported }: { readonly imported: Imported }) {
  const { t } = useTranslation();
  const { count, unstored, unreviewed, left, error } = imported;
  return (
    <>
      <ProblemNote error={error} />
      <Alert color="yellow" title={t('translation.partly.title')} role="alert">
        <Text size="sm">{t('translation.imported', { count })}</Text>
        {unstored > 0 && <Text size="sm">{t('translation.partly.unstored', { count: unstored })}</Text>}
        {unreviewed > 0 && <Text size="sm">{t('translation.partly.unreviewed', { count: unreviewed })}</Text>}
        {left.length > 0 && <Text size="sm">{t('translation.partly.left', { count: left.length })}</Text>}
        <List size="sm" mt="xs" spacing={4}>
          {left.slice(0, MOST_ROWS).map(({ key, now }) => (
            <List.Item key={key}>
              <Text span ff="monospace" size="xs">
                {key}
              </Text>{' '}
              {now}
            </List.Item>
          ))}
        </List>
        {left.length > MOST_ROWS && (
          <Text size="sm">{t('translation.moreTexts', { count: left.length - MOST_ROWS })}</Text>
        )}
      </Alert>
    </>
  );
}

/** Texts that keep the file from being imported. */
function Errors({ errors }: { readonly errors: readonly CheckedText[] }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t('translation.errors', { count: errors.length })} role="alert">
      <Text size="sm">{t('translation.errorsHow')}</Text>
      <List size="sm" mt="xs" spacing={4}>
        {errors.slice(0, MOST_ROWS).flatMap(({ key, problems }) =>
          problems.map(({ code, line, codes }) => (
            <List.Item key={`${key} ${code}`}>
              <Text span ff="monospace" size="xs">
                {key}
              </Text>{' '}
              {t(`translation.problems.${code}`, { line })} <span className="code-list">{codes.join('  ')}</span>
            </List.Item>
          )),
        )}
      </List>
    </Alert>
  );
}

interface TakenTextsProps {
  readonly texts: readonly CheckedText[];
  readonly locale: string;
}

/** Texts before and after the import. */
function TakenTexts({ texts, locale }: TakenTextsProps) {
  const { t } = useTranslation();
  const words = { lang: locale, dir: directionOfLanguage(locale) };
  return (
    <ScrollArea.Autosize
      mah={360}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('translation.texts') }}
    >
      <Table verticalSpacing={4} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('translation.columns.source')}</Table.Th>
            <Table.Th>{t('translation.columns.text')}</Table.Th>
            <Table.Th w={140}>{t('translation.columns.outcome')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {texts.slice(0, MOST_ROWS).map(({ key, source, text, before, outcome }) => (
            <Table.Tr key={key}>
              <Table.Td style={{ verticalAlign: 'top' }}>{source}</Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }} {...words}>
                {text}
                {outcome === 'changed' && before !== null && (
                  <Text size="xs" c="dimmed" td="line-through">
                    {before}
                  </Text>
                )}
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}>
                {t(`translation.outcomes.${outcome}`)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {texts.length > MOST_ROWS && (
        <Text size="sm" c="dimmed">
          {t('translation.moreTexts', { count: texts.length - MOST_ROWS })}
        </Text>
      )}
    </ScrollArea.Autosize>
  );
}
