import { Accordion, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ForecastContactView, OfferDetail } from '#contracts';
import { useFormat } from '../../../shared/format';
import { LoadMore } from '../../../shared/LoadMore';
import { Loaded } from '../../../shared/Page';
import { useTranslateCode } from '../../../shared/translate-code';
import { StepDelay } from '../../../shared/StepDelay';
import type { Plan } from './plan';
import { usePreviewStepName } from './step-name';
import { useForeseenPeople } from '../api';

interface PersonForecastsProps {
  readonly offer: OfferDetail;
  readonly plan: Plan;
  /**
   * Time of the forecast.
   * Another forecast may have other contacts.
   */
  readonly asOf: string;
}

/**
 * Forecast per contact: messages, times, and reasons for those not sent.
 * Paginated.
 */
export function PersonForecasts({ offer, plan, asOf }: PersonForecastsProps) {
  const people = useForeseenPeople(offer.versionId, plan, asOf);
  return (
    <Loaded query={people} height={260}>
      {(found) => (
        <Stack gap="sm">
          <Accordion variant="contained" order={4}>
            {found.map((person) => (
              <Accordion.Item key={person.contactId} value={person.contactId}>
                <Accordion.Control>
                  <Headline person={person} />
                </Accordion.Control>
                <Accordion.Panel>
                  <Way person={person} offer={offer} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
          <LoadMore list={people} />
        </Stack>
      )}
    </Loaded>
  );
}

/** A contact and its first message, or why it gets none. */
function Headline({ person: { name, email, steps, timeZone } }: { readonly person: ForecastContactView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const first = steps.find(({ outcome }) => outcome === 'sent');
  const why = steps.find((step) => step.why !== null)?.why;
  return (
    <>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name === '' ? email : name}
      </Text>
      <Text size="sm" c="dimmed">
        {first !== undefined
          ? t('dryRun.from', { at: format.moment(first.at, timeZone) })
          : why == null
            ? t('dryRun.nothing')
            : translateCode('reasons', why.reason, why.sentence)}
      </Text>
    </>
  );
}

interface WayProps {
  readonly person: ForecastContactView;
  readonly offer: OfferDetail;
}

function Way({ person, offer }: WayProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const stepName = usePreviewStepName(offer);
  const { email, steps, timeZone, timeZoneSource, locale, end } = person;
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {email} · {format.language(locale)} · {timeZone}: {t(`dryRun.zone.${timeZoneSource as 'contact'}`)}
      </Text>
      <List size="sm" spacing={2}>
        {steps.map(({ stepKey, kind, round, at, why, waits }) => (
          <List.Item key={`${stepKey} ${round}`}>
            {stepName(stepKey, kind)}:{' '}
            {why === null
              ? `${format.weekday(at, timeZone)}, ${format.time(at, timeZone)}`
              : translateCode('reasons', why.reason, why.sentence)}
            <StepDelay waits={waits} timeZone={timeZone} />
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">
        {t(`dryRun.end.${end}`)}
      </Text>
    </Stack>
  );
}
