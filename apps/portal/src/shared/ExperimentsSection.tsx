import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { CsvLink } from './CsvLink';

interface ExperimentsSectionProps {
  /** Of the table as CSV, under `/api/v1`. */
  readonly csv: string;
  /** What the hold-out shows; null: there is none. */
  readonly holdOut: ReactNode;
  /** What the test shows; null: there is none. */
  readonly test: ReactNode;
}

const ID = 'experiments';
/** The header of the portal stays on top of what is scrolled to. */
const BELOW_HEADER = { scrollMarginTop: 'calc(var(--app-shell-header-height, 60px) + var(--mantine-spacing-md))' };

/** The hold-out and the test of a campaign, with their table as CSV and an address of their own. */
export function ExperimentsSection({ csv, holdOut, test }: ExperimentsSectionProps) {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const isAsked = hash === `#${ID}`;
  const section = useRef<HTMLDivElement>(null);
  const isEmpty = holdOut === null && test === null;
  // The browser looks for the address before the numbers are loaded.
  useEffect(() => {
    if (isAsked && !isEmpty) section.current?.scrollIntoView();
  }, [isAsked, isEmpty]);
  if (isEmpty) return null;
  return (
    <Stack component="section" aria-labelledby={ID} ref={section} style={BELOW_HEADER}>
      <Group justify="space-between">
        <Title order={2} id={ID}>
          <Anchor href={`#${ID}`} inherit c="inherit">
            {t('experiments.title')}
          </Anchor>
        </Title>
        <CsvLink path={csv} label={t('experiments.csv')} />
      </Group>
      {holdOut}
      {test}
    </Stack>
  );
}

interface ExperimentCardProps {
  readonly title: string;
  /** How the groups were made, and what counts. */
  readonly how: string;
  readonly children: ReactNode;
}

/** One comparison: what it is, and what it shows. */
export function ExperimentCard({ title, how, children }: ExperimentCardProps) {
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Title order={3}>{title}</Title>
        <Text size="sm" maw={760}>
          {how}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}
