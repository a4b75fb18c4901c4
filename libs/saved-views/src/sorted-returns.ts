import { amountOrder, type Returns, sortedBy, orderFrom, type SortKey, type UserLanguage } from '#contracts';
import { titleKey, valueName } from '#tables';

interface Sorting {
  readonly sort: string | undefined;
  readonly language: UserLanguage;
}

type Amounts = Returns['costs'];
type Keys<Item> = Readonly<Record<string, ((item: Item) => SortKey) | null>>;

/** Rows as a screen of returns sorts them. */
function sortedItems<Item>(items: readonly Item[], keys: Keys<Item>, { sort = '', language }: Sorting): Item[] {
  const order = orderFrom(sort);
  const by = keys[order?.key ?? ''] ?? undefined;
  return [...sortedBy(items, by, { descending: order?.descending ?? false, language })];
}

/** One key for each of these columns of amounts. */
const amountKeys = <Name extends string, Item extends Readonly<Partial<Record<Name, Amounts | null>>>>(
  items: readonly Item[],
  names: readonly Name[],
): Keys<Item> => Object.fromEntries(names.map((name) => [name, amountOrder(items, (item) => item[name] ?? [])]));

type CampaignReturns = Pick<Returns, 'costs' | 'won' | 'leads' | 'costPerLead' | 'pipelinePerCost' | 'roi'> &
  Partial<Pick<Returns, 'costPerWonDeal'>> & {
    readonly open: Amounts | null;
    readonly campaignId: string | null;
    readonly title: string;
    readonly titles: Readonly<Record<string, string>>;
  };

/** Returns of campaigns; what is of no single campaign has no title, and comes last in the order of titles. */
export const sortedCampaigns = <Item extends CampaignReturns>(items: readonly Item[], sorting: Sorting): Item[] =>
  sortedItems(
    items,
    {
      ...amountKeys(items, ['costs', 'won', 'open', 'costPerLead', 'costPerWonDeal']),
      campaign: (item) => (item.campaignId === null ? null : titleKey(item, sorting.language)),
      roi: ({ roi }) => roi,
      pipelinePerCost: ({ pipelinePerCost }) => pipelinePerCost,
      leads: ({ leads }) => leads,
    },
    sorting,
  );

interface PartnerCosts {
  readonly name: string;
  readonly costs: Amounts;
  readonly won: Amounts | null;
}

export const sortedPartners = <Item extends PartnerCosts>(items: readonly Item[], sorting: Sorting): Item[] =>
  sortedItems(items, { ...amountKeys(items, ['costs', 'won']), partner: ({ name }) => name }, sorting);

export const sortedTactics = <Item extends { readonly tactic: string | null; readonly costs: Amounts }>(
  items: readonly Item[],
  sorting: Sorting,
): Item[] =>
  sortedItems(
    items,
    {
      ...amountKeys(items, ['costs']),
      tactic: ({ tactic }) => (tactic === null ? null : valueName(sorting.language, 'tactic', tactic)),
    },
    sorting,
  );
