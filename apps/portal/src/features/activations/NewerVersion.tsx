import { Alert, Anchor, Button, Collapse, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSparkles } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ActivationDetail, type ActivationUpdateView, type NewerVersionView, TACTIC_SECTIONS } from '#contracts';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { useNewerVersion } from './api';

type Newer = NonNullable<NewerVersionView['newer']>;
type Part = Newer['emails'][number];
type Differing = Pick<Newer, (typeof TACTIC_SECTIONS)[number] | 'sequence'> & {
  /** Of an update; absent: only what is sent and shown is compared. */
  readonly steps?: Steps;
};
type Steps = NonNullable<ActivationUpdateView['update']>['steps'];

/**
 * Tells a partner that the vendor has published a newer version, what changed,
 * and how to switch.
 */
export function NewerVersion({ activation: { id, status, locale } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useNewerVersion(id, { staleTime: 60_000 });
  const newer = found.data?.newer;
  if (newer === null || newer === undefined) return null;
  const goesOn = status === 'active' || status === 'held';
  return (
    <Alert
      color="teal"
      icon={<IconSparkles aria-hidden />}
      title={t('newerVersion.title', { number: newer.number })}
      role="region"
    >
      <Stack gap="sm" align="flex-start">
        <Differences newer={newer} locale={locale} />
        <Text size="sm">
          {t(goesOn ? 'newerVersion.goesOn' : 'newerVersion.over', { day: format.day(newer.closesOn) })}
        </Text>
        <Button component={Link} to={`/offers/${newer.versionId}`} variant="default" size="xs">
          {t('newerVersion.review', { number: newer.number })}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Text changes line by line, in the campaign's language. */
function ChangedWords({ words, locale }: { readonly words: Part['words']; readonly locale: string }) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  if (words.gone.length + words.new.length === 0) return null;
  return (
    <>
      {' '}
      <Anchor component="button" type="button" size="sm" aria-expanded={opened} aria-controls={id} onClick={toggle}>
        {t(opened ? 'newerVersion.hideWords' : 'newerVersion.showWords')}
      </Anchor>
      <Collapse id={id} expanded={opened}>
        <Stack gap={2} my={4} lang={locale}>
          {words.gone.map((line) => (
            <Text key={line} component="del" size="sm" c="red">
              {line}
            </Text>
          ))}
          {words.new.map((line) => (
            <Text key={line} component="ins" size="sm" c="teal">
              {line}
            </Text>
          ))}
        </Stack>
      </Collapse>
    </>
  );
}

const ACTIONS = ['post', 'notify', 'createLead', 'webhook'] as const;
type Action = { readonly kind: (typeof ACTIONS)[number]; readonly change: 'new' | 'changed' | 'removed' } & Pick<
  Steps[number],
  'key' | 'title'
>;

const firstLine = (title: Steps[number]['title'], locale: string): string =>
  localised(title, locale).trim().split('\n')[0] ?? '';

/** Steps that send no e-mail: those are compared by their texts. */
const actionsThatDiffer = ({ steps = [] }: Differing): Action[] =>
  steps.flatMap(({ key, kind, change, title }) => {
    const action = ACTIONS.find((one) => one === kind);
    return action === undefined || change === 'unchanged' ? [] : [{ key, kind: action, change, title }];
  });

/** Parts that differ between two versions, with the changed texts. */
export function Differences({ newer, locale }: { readonly newer: Differing; readonly locale: string }) {
  const { t } = useTranslation();
  const parts = TACTIC_SECTIONS.flatMap((medium) => newer[medium].map((part) => ({ medium, ...part })));
  const actions = actionsThatDiffer(newer);
  if (parts.length === 0 && !newer.sequence) return <Text size="sm">{t('newerVersion.same')}</Text>;
  return (
    <List size="sm" spacing={2}>
      {parts.map(({ medium, key, change, title, words }) => (
        <List.Item key={`${medium} ${key}`}>
          {t(`newerVersion.${medium}`, { title })}:{' '}
          {t(`newerVersion.${medium === 'emails' && change === 'gone' ? 'notSent' : change}`)}
          <ChangedWords words={words} locale={locale} />
        </List.Item>
      ))}
      {actions.map(({ key, kind, change, title }) => (
        <List.Item key={`step ${key}`}>
          {firstLine(title, locale) === ''
            ? t(`dryRun.kind.${kind}`)
            : t('newerVersion.action', { what: t(`dryRun.kind.${kind}`), title: firstLine(title, locale) })}
          : {t(`newerVersion.${change === 'removed' ? 'gone' : change}`)}
        </List.Item>
      ))}
      {newer.sequence && <List.Item>{t('newerVersion.sequence')}</List.Item>}
    </List>
  );
}
