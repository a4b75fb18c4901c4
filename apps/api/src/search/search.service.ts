import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { CampaignLibrary, OfferedCampaigns } from '#campaigns';
import { Contacts } from '#contacts';
import type { SearchView } from '#contracts';
import { can } from '#identity';
import { type Actor, Clock, type PartnerActor, type VendorActor } from '#kernel';
import { Leads } from '#leads';
import { Memberships, PartnerGroups } from '#organisations';

type Item = SearchView['items'][number];

/** Found of each kind. */
const MOST = 6;
/** A partner's activations that are looked through, newest first. */
const LOOKED_THROUGH = 200;

/** What an organisation has, by name. Each kind needs the right to read its list. */
@Injectable()
export class Search {
  constructor(
    private readonly campaigns: CampaignLibrary,
    private readonly offered: OfferedCampaigns,
    private readonly memberships: Memberships,
    private readonly groups: PartnerGroups,
    private readonly contacts: Contacts,
    private readonly leads: Leads,
    private readonly activations: Activations,
    private readonly clock: Clock,
  ) {}

  /** At most six of each kind; the kinds in the order of the portal's menu. */
  async find(actor: Actor, words: string): Promise<Item[]> {
    const found =
      actor.kind === 'vendor'
        ? await this.ofVendor(actor, words)
        : actor.kind === 'partner'
          ? await this.ofPartner(actor, words)
          : [];
    return found.flat();
  }

  private async ofVendor(actor: VendorActor, words: string): Promise<Item[][]> {
    return [
      can(actor, 'campaigns.read') ? await this.campaignsNamed(actor, words) : [],
      can(actor, 'partners.read') ? await this.partnersNamed(actor, words) : [],
      can(actor, 'programme.read') ? await this.groupsNamed(actor, words) : [],
    ];
  }

  private async ofPartner(actor: PartnerActor, words: string): Promise<Item[][]> {
    return [
      can(actor, 'offers.read') ? await this.offersNamed(actor, words) : [],
      can(actor, 'activations.read') ? await this.activationsNamed(actor, words) : [],
      can(actor, 'contacts.read') ? await this.peopleNamed(actor, words) : [],
    ];
  }

  private async campaignsNamed(actor: VendorActor, words: string): Promise<Item[]> {
    const page = { limit: MOST, beforeId: null, search: words, state: null, tag: null };
    return (await this.campaigns.list(actor, page)).map(({ id, name, newest }) => ({
      kind: 'campaign',
      id,
      title: { ...newest.title },
      name: null,
      detail: name,
      path: `/campaigns/${id}`,
    }));
  }

  private async partnersNamed(actor: VendorActor, words: string): Promise<Item[]> {
    const found = await this.memberships.list(actor, { limit: MOST, afterId: null, query: words });
    return found.map(({ partnerId, partnerName }) => ({
      kind: 'partner',
      id: partnerId,
      title: null,
      name: partnerName,
      detail: null,
      path: `/partners?${new URLSearchParams({ q: partnerName }).toString()}`,
    }));
  }

  private async groupsNamed(actor: VendorActor, words: string): Promise<Item[]> {
    return (await this.groups.list(actor))
      .filter(({ name }) => contains(name, words))
      .slice(0, MOST)
      .map(({ id, name }) => ({
        kind: 'partner-group',
        id,
        title: null,
        name,
        detail: null,
        path: '/partner-groups',
      }));
  }

  private async offersNamed(actor: PartnerActor, words: string): Promise<Item[]> {
    return (await this.offered.list(actor, this.clock.now()))
      .filter(({ title }) => Object.values(title).some((name) => contains(name, words)))
      .slice(0, MOST)
      .map(({ versionId: id, title }) => ({
        kind: 'offer',
        id,
        title: { ...title },
        name: null,
        detail: null,
        path: `/offers/${id}`,
      }));
  }

  private async activationsNamed(actor: PartnerActor, words: string): Promise<Item[]> {
    const all = await this.activations.list(actor, { limit: LOOKED_THROUGH, beforeId: null, state: null });
    const titles = await this.activations.titlesOf(actor, all);
    return all
      .flatMap(({ id, launchedAt }) => {
        const named = titles.get(id)?.titles ?? {};
        const isMeant = Object.values(named).some((name) => contains(name, words));
        return isMeant ? [{ id, title: { ...named }, startedOn: launchedAt.toISOString().slice(0, 10) }] : [];
      })
      .slice(0, MOST)
      .map(({ id, title, startedOn }) => ({
        kind: 'activation',
        id,
        title,
        name: null,
        detail: startedOn,
        path: `/activations/${id}`,
      }));
  }

  /** Contacts, and leads of these people. */
  private async peopleNamed(actor: PartnerActor, words: string): Promise<Item[]> {
    const contacts = await this.contacts.page(actor, { limit: MOST, beforeId: null, search: words });
    const nameOf = (id: string): string => {
      const contact = contacts.find((one) => one.id === id);
      return [contact?.firstName, contact?.lastName].filter((part) => part).join(' ');
    };
    const people = contacts.map(({ id, email }): Item => ({
      kind: 'contact',
      id,
      title: null,
      name: nameOf(id) === '' ? email : nameOf(id),
      detail: email,
      path: `/contacts/${id}/file`,
    }));
    if (!can(actor, 'leads.read') || contacts.length === 0) return people;
    const leads = await this.leads.ofContacts(
      actor,
      contacts.map(({ id }) => id),
      MOST,
    );
    return [
      ...people,
      ...leads.map(({ id, contactId }): Item => {
        const email = contacts.find((one) => one.id === contactId)?.email ?? null;
        const name = nameOf(contactId);
        return {
          kind: 'lead',
          id,
          title: null,
          name: name === '' ? email : name,
          detail: email,
          path: `/leads?lead=${id}`,
        };
      }),
    ];
  }
}

const contains = (name: string, words: string): boolean => name.toLowerCase().includes(words.toLowerCase());
