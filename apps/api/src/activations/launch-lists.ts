import type { LaunchLists } from '#contacts';
import type { ContactListId } from '#kernel';

interface NamedLists {
  readonly listId?: ContactListId | undefined;
  readonly lists?: LaunchLists | undefined;
}

/** The lists that a request names, each once. */
export const launchListsOf = ({ listId, lists }: NamedLists): LaunchLists => ({
  include: [...new Set(lists?.include ?? (listId === undefined ? [] : [listId]))],
  exclude: [...new Set(lists?.exclude)],
});
