import { Alert, Anchor, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { NewsletterAudienceView } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { type Audience, useAudience } from './api';

/** How many people get it, in which languages, and the first of them. */
export function AudienceCount({ audience }: { readonly audience: Audience }) {
  const query = useAudience(audience);
  return (
    <Loaded query={query} height={72}>
      {(found) => <Found found={found} />}
    </Loaded>
  );
}

function Found({ found }: { readonly found: NewsletterAudienceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isShown, { toggle }] = useDisclosure(false);
  const { people, partners, withoutEmail, locales, first } = found;
  if (people === 0) return <Alert color="yellow">{t('newsletters.nobody')}</Alert>;
  const languages = Object.entries(locales)
    .sort(([, one], [, other]) => other - one)
    .map(([tag, count]) => `${format.language(tag)} ${format.number(count)}`);
  return (
    <Stack gap={4}>
      <Text fw={600} role="status">
        {t('newsletters.peopleOf', { people: format.number(people), partners: format.number(partners) })}
      </Text>
      <Text size="sm" c="dimmed">
        {languages.join(' · ')}
      </Text>
      {withoutEmail !== null && withoutEmail > 0 && (
        <Text size="sm" c="dimmed">
          {t('newsletters.withoutEmail', { count: withoutEmail })}
        </Text>
      )}
      <Anchor component="button" type="button" size="sm" ta="start" aria-expanded={isShown} onClick={toggle}>
        {t(isShown ? 'newsletters.hidePeople' : 'newsletters.showPeople')}
      </Anchor>
      {isShown && (
        <Table verticalSpacing={4} fz="sm">
          <Table.Tbody>
            {first.map(({ name, partner, role }) => (
              <Table.Tr key={`${partner} ${name} ${role}`}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{partner}</Table.Td>
                <Table.Td c="dimmed">{t(`newsletters.roles.${role as 'owner'}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {isShown && people > first.length && (
        <Text size="sm" c="dimmed">
          {t('newsletters.andMore', { count: people - first.length })}
        </Text>
      )}
    </Stack>
  );
}
