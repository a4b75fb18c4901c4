import { Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';

interface CopyProgressProps {
  /** Texts that a language has, of all texts. */
  readonly progress: readonly { readonly locale: string; readonly done: number; readonly of: number }[];
}

/** How far the translation into each language is. */
export function CopyProgress({ progress }: CopyProgressProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (progress.length < 2) return null;
  return (
    <Group component="ul" gap="lg" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('copy.progress')}>
      {progress.map(({ locale, done, of }) => (
        <Stack key={locale} component="li" gap={4} w={200}>
          <Text size="sm">
            {t('copy.done', { language: format.language(locale), done: format.number(done), of: format.number(of) })}
          </Text>
          <Progress value={of === 0 ? 100 : (100 * done) / of} color={done === of ? 'teal' : 'yellow'} aria-hidden />
        </Stack>
      ))}
    </Group>
  );
}
