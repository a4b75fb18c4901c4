import { Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../shared/Confirm';
import { useFormat } from '../../../shared/format';
import { useLanguageChoices } from '../../../shared/use-language-choices';
import { type NewTexts, withLocale, withoutLocale } from '../new-files';
import { contentOf, withDefaultLanguage } from './campaign-details';

const FILE = 'campaign.yaml';

interface LanguagesProps {
  readonly texts: Readonly<Record<string, string>>;
  readonly locales: readonly string[];
  readonly onWrite: (changes: NewTexts) => void;
}

/** Adds and removes languages, and chooses the default one. */
export function Languages({ texts, locales, onWrite }: LanguagesProps) {
  const { t } = useTranslation();
  const choices = useLanguageChoices([], locales);
  return (
    <Stack gap="xs">
      {locales.map((tag, at) => (
        <Language
          key={tag}
          tag={tag}
          isDefault={at === 0}
          isOnly={locales.length === 1}
          texts={texts}
          onWrite={onWrite}
        />
      ))}
      <Select
        label={t('details.addLanguage')}
        description={t('details.addLanguageWhy')}
        placeholder={t('details.chooseLanguage')}
        maw={420}
        searchable
        nothingFoundMessage={t('common.nothingFound')}
        data={choices}
        value={null}
        onChange={(tag) => tag !== null && onWrite(withLocale(texts, tag))}
      />
    </Stack>
  );
}

interface LanguageProps extends Pick<LanguagesProps, 'texts' | 'onWrite'> {
  readonly tag: string;
  readonly isDefault: boolean;
  readonly isOnly: boolean;
}

function Language({ tag, isDefault, isOnly, texts, onWrite }: LanguageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = format.language(tag);
  const without = withoutLocale(texts, tag);
  const deleted = contentOf(texts, tag, without);
  return (
    <Group justify="space-between" wrap="wrap" py={4}>
      <Group gap="xs">
        <Text fw={600}>{language}</Text>
        <Text size="sm" c="dimmed">
          {t('details.texts', { count: deleted.texts })}
        </Text>
        {isDefault && (
          <Badge variant="light" tt="none">
            {t('details.default')}
          </Badge>
        )}
      </Group>
      <Group gap="xs">
        {!isDefault && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconStar size={14} aria-hidden />}
            aria-label={t('details.makeDefaultOf', { language })}
            onClick={() => onWrite({ [FILE]: withDefaultLanguage(texts[FILE] ?? '', tag) })}
          >
            {t('details.makeDefault')}
          </Button>
        )}
        {!isOnly && (
          <Confirm
            label={t('details.removeLanguage', { language })}
            shortLabel={t('details.remove')}
            question={t('details.removeLanguageQuestion', { language })}
            size="xs"
            onConfirm={async () => onWrite(without)}
          >
            <Text size="sm">{t('details.removeTexts', { count: deleted.texts })}</Text>
            {deleted.documents.length > 0 && (
              <Text size="sm">{t('details.removeDocuments', { files: deleted.documents.join(', ') })}</Text>
            )}
          </Confirm>
        )}
      </Group>
    </Group>
  );
}
