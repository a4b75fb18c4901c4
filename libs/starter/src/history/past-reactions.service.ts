import { Injectable } from '@nestjs/common';
import { Clicks, LinkTargets, MessageLinks, ReturnAddresses, Returns, Unsubscribe } from '#engagement';
import { type ActivationId, isId, systemActor } from '#kernel';
import { DECOY_LINK, LEGAL_LINKS } from '#rendering';
import { SEED } from '../seed-actor.js';
import { PERSON } from './browser.js';
import { chosen } from './chance.js';
import { type PageVisit, PastVisits } from './past-visits.service.js';
import { messageFrom, type Reaction } from './reaction.js';
import { answerOf, bounceOf } from './returned-mail.js';
import type { SentMessage } from './sent-messages.service.js';

/** As a gateway asks, under the name of a browser. */
const GATEWAY = { ...PERSON, headers: { 'user-agent': PERSON.headers['user-agent'], accept: '*/*' } };
/** Links of every message, which people seldom follow, and documents. */
const NOT_FOLLOWED: readonly string[] = [DECOY_LINK, ...LEGAL_LINKS, 'brochure'];
/** The link to the page with the form. */
const PAGE_LINK = 'page';

/** What happens after a message. */
export interface ReactionTo {
  readonly message: SentMessage;
  readonly reaction: Reaction;
}

/** Lets people, servers and gateways react to sent messages, through the entrances of the product. */
@Injectable()
export class PastReactions {
  private readonly linkNames = new Map<ActivationId, Promise<readonly string[]>>();

  constructor(
    private readonly addresses: ReturnAddresses,
    private readonly messageLinks: MessageLinks,
    private readonly linkTargets: LinkTargets,
    private readonly clicks: Clicks,
    private readonly returns: Returns,
    private readonly unsubscribe: Unsubscribe,
    private readonly visits: PastVisits,
  ) {}

  /** All that happens at the time of the clock, side by side as on a busy morning. */
  async perform(all: readonly ReactionTo[]): Promise<void> {
    const followed = await Promise.all(all.map((one) => this.react(one)));
    await this.clicks.flushed();
    await this.visits.make(followed.filter((visit) => visit !== null));
  }

  /** @returns a visit that follows from it; null: none does. */
  private async react({ message, reaction }: ReactionTo): Promise<PageVisit | null> {
    const { id, email } = message;
    switch (reaction.kind) {
      case 'bounce': {
        const raw = bounceOf(email, reaction.isPermanent);
        await this.returns.receive({ from: '', recipient: this.addresses.returnPath(id), raw });
        return null;
      }
      case 'reply': {
        const raw = answerOf(email, id, messageFrom(email));
        await this.returns.receive({ from: email, recipient: this.addresses.replyAddress(id), raw });
        return null;
      }
      case 'unsubscribe': {
        const recipient = await this.unsubscribe.recipient(tokenOf(this.messageLinks.unsubscribeUrl(id)));
        await this.unsubscribe.apply({ choice: 'unsubscribe' }, recipient);
        return null;
      }
      case 'scan':
        await this.scan(message);
        return null;
      case 'click':
        return this.click(message, reaction.sendsForm);
    }
  }

  /** A gateway follows links at once, also one that people do not see. */
  private async scan(message: SentMessage): Promise<void> {
    const links = await this.linksOf(message);
    const [first] = Object.keys(links);
    await Promise.all(
      Object.entries(links).flatMap(([name, url]) =>
        name === first || name === DECOY_LINK ? [this.clicks.follow(tokenOf(url), GATEWAY)] : [],
      ),
    );
  }

  private async click(message: SentMessage, sendsForm: boolean): Promise<PageVisit | null> {
    const links = await this.linksOf(message);
    const open = Object.entries(links).filter(([name]) => !NOT_FOLLOWED.includes(name));
    if (open.length === 0) return null;
    const [, url] =
      open.find(([name]) => sendsForm && name === PAGE_LINK) ?? chosen(open, 'link', message.email, message.stepKey);
    const { target, clickId } = await this.clicks.follow(tokenOf(url), PERSON);
    // A page of ours has the click in its address, and reports that it was opened.
    const isPageOfOurs = target !== null && isId(new URL(target).searchParams.get('t'));
    return isPageOfOurs ? { message, clickId, sendsForm } : null;
  }

  private async linksOf({ id, partnerId, activationId }: SentMessage): Promise<Readonly<Record<string, string>>> {
    const actor = systemActor(SEED.name, { partnerId });
    const read = this.linkNames.get(activationId) ?? this.linkTargets.names(actor, activationId);
    this.linkNames.set(activationId, read);
    const names = await read;
    const all: Readonly<Record<string, string>> = this.messageLinks.linksOf(id, names);
    return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
  }
}

const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
