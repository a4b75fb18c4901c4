import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isContactDate, type LeadView } from '#contracts';
import { useFormat } from '../../shared/format';

/**
 * What the person answered in the form. A form proves nothing about its sender,
 * so the contact keeps what the partner knew: both are shown where they differ.
 */
export function LeadAnswers({ lead: { answers } }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (answers.length === 0) return null;
  return (
    <Stack gap={2} component="dl" m={0}>
      {answers.map(({ field, value, contactValue }) => {
        const shown = (text: string): string => {
          if (isContactDate(field)) return format.day(text);
          return field === 'country' ? format.country(text) : text;
        };
        return (
          <Text key={field} component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Text component="dt" span size="sm" c="dimmed">
              {t(`contact.field.${field}`)}:{' '}
            </Text>
            <Text component="dd" span size="sm" m={0} dir="auto">
              {shown(value)}
            </Text>
            {contactValue !== null && (
              <Text component="dd" size="xs" c="dimmed" m={0}>
                {t('leads.contactHas', { value: shown(contactValue) })}
              </Text>
            )}
          </Text>
        );
      })}
    </Stack>
  );
}
