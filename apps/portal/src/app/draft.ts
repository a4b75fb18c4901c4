import { useLocalStorage } from '@mantine/hooks';
import { useSession } from './session';

/**
 * What somebody has written and not saved. It stays in this browser, for this person at this organisation alone: a closed tab, an ended
 * session or a broken connection loses nothing, and nobody else finds it.
 * @returns the draft, what writes it, and what forgets it, as a state's.
 */
export function useDraft<T>(about: string, empty: T) {
  const { user, organisation } = useSession();
  return useLocalStorage<T>({
    key: `throughline-draft ${user.id} ${organisation?.id ?? ''} ${about}`,
    defaultValue: empty,
    getInitialValueInEffect: false,
  });
}
