import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NewsletterView } from '#contracts';
import { Figure } from '../../shared/Figure';
import { useFormat } from '../../shared/format';
import { Section } from '../../shared/Section';

const SHOWN = ['accepted', 'opened', 'clicked', 'unsubscribed'] as const;
/** Shown where they are not zero. */
const FURTHER = ['waiting', 'refused', 'withoutEmail'] as const;

interface ResultsProps {
  readonly results: NonNullable<NewsletterView['results']>;
}

/** What became of a newsletter, in people. */
export function Results({ results }: ResultsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { people, partners } = results;
  const further = FURTHER.map((name) => ({ name, count: results[name] ?? 0 })).filter(({ count }) => count > 0);
  return (
    <Section title={t('newsletters.results')}>
      <Stack gap="sm">
        <Text>{t('newsletters.peopleOf', { people: format.number(people), partners: format.number(partners) })}</Text>
        <SimpleGrid cols={2} spacing="sm">
          {SHOWN.map((name) => (
            <Figure
              key={name}
              label={t(`newsletters.figures.${name}`)}
              value={results[name] === null ? '–' : format.number(results[name])}
            />
          ))}
        </SimpleGrid>
        {further.map(({ name, count }) => (
          <Text key={name} size="sm" c="dimmed">
            {t(`newsletters.further.${name}`, { count })}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          {t(results.opened === null ? 'newsletters.tooFew' : 'newsletters.howCounted')}
        </Text>
      </Stack>
    </Section>
  );
}
