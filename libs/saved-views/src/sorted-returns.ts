import {
  amountOrder,
  ATTRIBUTION_MODELS,
  type AttributionTable,
  type PartnerFirstResults,
  type Returns,
  sortedBy,
  orderFrom,
  type SortKey,
  type UserLanguage,
  type VendorDealSums,
  type VendorFirstResults,
} from '#contracts';
import { titleKey, valueName } from '#tables';

/** A sort of the address, and the language in whose order words are. */
interface Sorting {
  readonly sort: string | undefined;
  readonly language: UserLanguage;
}

type Amounts = Returns['costs'];
type Keys<Item> = Readonly<Record<string, ((item: Item) => SortKey) | null>>;

/** Rows as a screen of results sorts them. */
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

interface TacticCosts {
  readonly tactic: string | null;
  readonly costs: Amounts;
  /** Of a partner. */
  readonly won?: Amounts;
  readonly roi?: number | null;
}

export const sortedTactics = <Item extends TacticCosts>(items: readonly Item[], sorting: Sorting): Item[] =>
  sortedItems(
    items,
    {
      ...amountKeys(items, ['costs', 'won']),
      roi: ({ roi = null }) => roi,
      tactic: ({ tactic }) => (tactic === null ? null : valueName(sorting.language, 'tactic', tactic)),
    },
    sorting,
  );

type Channels = AttributionTable['currencies'][number]['rows'];

/** Steps and pages of one currency, which come by what the linear model credits: so do those of one campaign. */
export const sortedChannels = (rows: Channels, sorting: Sorting): Channels =>
  sortedItems(
    rows,
    {
      channel: ({ channel }) => titleKey(channel, sorting.language),
      ...Object.fromEntries(
        ATTRIBUTION_MODELS.map((model) => [model, ({ creditsMinor }: Channels[number]) => creditsMinor[model]]),
      ),
    },
    sorting,
  );

export const sortedDealSums = (sums: VendorDealSums['sums'], sorting: Sorting): VendorDealSums['sums'] =>
  sortedItems(
    sums,
    {
      until: ({ endsOn }) => endsOn,
      partners: ({ partners }) => partners,
      won: amountOrder(sums, (sum) => [sum]),
    },
    sorting,
  );

type OwnFirst = PartnerFirstResults['campaigns'];

/** Campaigns of a partner, by how long their launches took to a first result. */
export const sortedFirstResults = (campaigns: OwnFirst, sorting: Sorting): OwnFirst =>
  sortedItems(
    campaigns,
    {
      campaign: (one) => titleKey(one, sorting.language),
      launches: ({ launches }) => launches,
      lead: ({ lead }) => lead.medianDays,
      deal: ({ deal }) => deal.medianDays,
      won: ({ won }) => won.medianDays,
    },
    sorting,
  );

type FirstOfPartners = VendorFirstResults['campaigns'];

export const sortedFirstResultBands = (campaigns: FirstOfPartners, sorting: Sorting): FirstOfPartners =>
  sortedItems(campaigns, { campaign: (one) => titleKey(one, sorting.language) }, sorting);
