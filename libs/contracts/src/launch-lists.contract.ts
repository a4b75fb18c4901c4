import { z } from 'zod';
import type { ContactListId } from '#kernel';
import { idSchema } from './id.js';

const ListIds = z.array(idSchema<ContactListId>()).max(20, 'At most 20 lists.');
const ListIdsOfQuery = z
  .string()
  .transform((ids) => ids.split(',').filter((id) => id !== ''))
  .pipe(ListIds);

const INCLUDED =
  'their contacts enter, each once; empty: nobody enters at the start; people come through page, posts and QR codes, or by rules of the campaign';
const EXCLUDED = 'their contacts do not enter, whatever other list they are on';

const listId = idSchema<ContactListId>().optional();

interface NamedLists {
  readonly listId?: ContactListId | undefined;
  readonly lists?:
    | { readonly include: readonly ContactListId[]; readonly exclude: readonly ContactListId[] }
    | undefined;
}

/** The contact lists of a launch, as a body names them. */
export const launchListFields = {
  listId: listId.describe('one list, the same as `lists` with this list alone. Send this or `lists`'),
  lists: z
    .strictObject({ include: ListIds.describe(INCLUDED), exclude: ListIds.describe(EXCLUDED).default([]) })
    .optional()
    .describe('several lists, lists that are left out, or none: send this or `listId`'),
};

/** A launch without a list is asked for in so many words: it may be a mistake. */
export function checkLaunchLists({ listId: one, lists }: NamedLists, context: z.core.$RefinementCtx<NamedLists>): void {
  const complain = (path: string[], message: string): void =>
    void context.issues.push({ code: 'custom', path, message, input: lists ?? one });
  if (one === undefined && lists === undefined)
    complain(
      ['listId'],
      'Name a contact list, or several in `lists`. To start without one, send {"include": []} there.',
    );
  if (one !== undefined && lists !== undefined) complain(['listId'], 'Send `listId` or `lists`, not both.');
  if (lists?.include.some((id) => lists.exclude.includes(id)) === true)
    complain(['lists', 'exclude'], 'A list cannot be included and left out at once.');
}

/** The same in a query: `listId`, or lists separated by commas. */
export const launchListQuery = {
  listId,
  include: ListIdsOfQuery.optional().describe(`lists, separated by commas: ${INCLUDED}. Send this or \`listId\``),
  exclude: ListIdsOfQuery.optional().describe(`lists, separated by commas: ${EXCLUDED}`),
};

const NamedList = z.object({ id: z.uuid(), name: z.string() });

/** The contact lists of an activation, by name. */
export const LaunchListsView = z.object({ include: z.array(NamedList), exclude: z.array(NamedList) });
