import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TextPlace, Translation } from '#translation';
import { type Tactics, useTacticName } from '../../../shared/tactic-names';

interface TextPlacesProps extends Pick<Translation, 'places' | 'note'> {
  readonly tactics: Tactics;
}

const MOST_SHOWN = 4;

/** Where readers see a text, and what its author says of it. */
export function TextPlaces({ places, note, tactics }: TextPlacesProps) {
  const { t } = useTranslation();
  const placeText = usePlaceText(tactics);
  const more = places.length - MOST_SHOWN;
  return (
    <>
      <List size="sm" listStyleType="none">
        {places.slice(0, MOST_SHOWN).map((place) => (
          <List.Item key={`${place.kind} ${place.key} ${place.role ?? ''}`}>{placeText(place)}</List.Item>
        ))}
        {more > 0 && <List.Item>{t('translation.morePlaces', { count: more })}</List.Item>}
      </List>
      {note !== null && (
        <Text size="sm" fs="italic">
          {note}
        </Text>
      )}
    </>
  );
}

/** "E-mail Welcome: subject". */
export function usePlaceText(tactics: Tactics): (place: TextPlace) => string {
  const { t } = useTranslation();
  const nameOf = useTacticName(tactics);
  const lists = { email: 'emails', page: 'pages', document: 'documents', social: 'social' } as const;
  return ({ kind, key, role }) => {
    const named = kind in lists ? (nameOf(lists[kind as keyof typeof lists], key) ?? key) : key;
    const place = t(`translation.places.${kind}`, { name: named });
    return role === undefined ? place : t('translation.placeRole', { place, role: t(`translation.roles.${role}`) });
  };
}
