import { TABLES_OF, type ViewMail, type ViewScreen, type ViewTableName } from '#contracts';
import { can, type Permission } from '#identity';
import { DomainError, type Id, type OrganisationId, type PartnerActor, type UserId, type VendorActor } from '#kernel';

export type SavedViewId = Id<'saved-view'>;

/** A person of an organisation. */
export interface ViewReader {
  readonly actor: VendorActor | PartnerActor;
  readonly userId: UserId;
  readonly organisationId: OrganisationId;
  readonly timeZone: string;
  /** False: the person has stopped all e-mails with saved views. */
  readonly wantsMails: boolean;
}

/** A screen with its filters, sort and period, under a name. */
export interface SavedView {
  readonly id: SavedViewId;
  readonly organisationId: OrganisationId;
  /** Null: has left. */
  readonly ownerId: UserId | null;
  readonly ownerName: string;
  readonly name: string;
  readonly screen: ViewScreen;
  readonly query: string;
  readonly isShared: boolean;
}

/** When a person gets a view. */
export type ScheduledMail = ViewMail & { readonly table: ViewTableName; readonly nextAt: Date };

/** What a person must be allowed to do to see a screen, by side. */
const NEEDS: Readonly<Record<ViewScreen, Partial<Record<ViewReader['actor']['kind'], Permission>>>> = {
  '/campaign-results': { vendor: 'vendor-insight.read' },
  '/campaigns': { vendor: 'campaigns.read' },
  '/partners': { vendor: 'partners.read' },
  '/partner-activity': { vendor: 'vendor-activations.read' },
  '/costs': { vendor: 'vendor-costs.read', partner: 'partner-costs.read' },
  '/results': { partner: 'activations.read' },
  '/deals': { partner: 'leads.read' },
};

const mayDo = (actor: ViewReader['actor'], need: Permission | undefined): boolean =>
  need !== undefined && can(actor, need);

/** Whether the screen is one of the actor's side, and the role may see it. */
export const maySee = (actor: ViewReader['actor'], screen: ViewScreen): boolean =>
  mayDo(actor, NEEDS[screen][actor.kind]);

/** What a person must be allowed to do, too, to see a table, by side. */
const TABLE_NEEDS: Partial<Readonly<Record<ViewTableName, (typeof NEEDS)[ViewScreen]>>> = {
  returns: NEEDS['/costs'],
  tactics: NEEDS['/costs'],
  totals: { vendor: 'vendor-activations.read' },
};

/** Tables that a vendor's results do not have while they show one campaign alone. */
const OF_ALL_CAMPAIGNS: readonly ViewTableName[] = ['tactics', 'totals', 'first-results', 'deal-sums'];

type ViewAddress = Pick<SavedView, 'screen' | 'query'>;

/** Tables that an address shows, of a vendor or a partner, the usual one first. */
function tablesAt({ screen, query }: ViewAddress): readonly ViewTableName[] {
  const isOfOne = screen === '/campaign-results' && new URLSearchParams(query).has('campaign');
  return TABLES_OF[screen].filter((table) => !isOfOne || !OF_ALL_CAMPAIGNS.includes(table));
}

/** Tables of a view that can be sent to an actor, the usual one first. */
export const tablesFor = (actor: ViewReader['actor'], view: ViewAddress): ViewTableName[] =>
  tablesAt(view).filter((table) => {
    const needs = TABLE_NEEDS[table];
    return needs === undefined || mayDo(actor, needs[actor.kind]);
  });

/**
 * The table that is asked for, or else the usual one.
 * @throws DomainError `saved-view.not-mailed` for a view without tables, or
 *   without this one; `saved-view.screen` for one that the actor may not see.
 */
export function tableOf(
  actor: ViewReader['actor'],
  view: ViewAddress,
  asked: ViewTableName | undefined,
): ViewTableName {
  const all = tablesAt(view);
  const table = asked ?? all[0];
  if (table === undefined)
    throw new DomainError(
      'saved-view.not-mailed',
      'Views of this screen are not sent by e-mail. Open this view in the portal, and download its table there.',
      { field: 'format' },
    );
  if (!all.includes(table))
    throw new DomainError(
      'saved-view.not-mailed',
      `This view has no table “${table}”. Choose one of these: ${all.join(', ')}.`,
      { field: 'table' },
    );
  if (!maySee(actor, view.screen) || !tablesFor(actor, view).includes(table)) throw screenNotShown();
  return table;
}

export const screenNotShown = (): DomainError =>
  new DomainError(
    'saved-view.screen',
    'Your role does not show this screen. Save a view of a screen that you can open.',
    { field: 'screen' },
  );
