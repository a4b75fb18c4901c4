import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { Clicks, ClickVerdicts, Engagement, Returns, Unsubscribe, Visits } from '#engagement';
import { isId, type SystemActor, systemActor } from '#kernel';
import { DECOY_LINK, LEGAL_LINKS } from '#rendering';
import { SEED } from '../seed-actor.js';
import { chosen } from './chance.js';
import { PastForms } from './past-forms.service.js';
import { messageFrom, type Reaction } from './reaction.js';
import { answerOf, bounceOf } from './returned-mail.js';
import type { SentMessage } from './sent-messages.service.js';

/** As a browser asks for the page behind a link. */
const PERSON = {
  method: 'GET',
  headers: {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0',
    accept: 'text/html,application/xhtml+xml',
    'accept-language': 'en-GB,en;q=0.7',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  },
  // Of a documentation network (RFC 5737).
  address: '192.0.2.17',
};
/** As a gateway asks, under the name of a browser. */
const GATEWAY = { ...PERSON, headers: { 'user-agent': PERSON.headers['user-agent'], accept: '*/*' } };
/** Links of every message, which people seldom follow, and documents. */
const NOT_FOLLOWED: readonly string[] = [DECOY_LINK, ...LEGAL_LINKS, 'brochure'];

/** Lets people, servers and gateways react to sent messages, through the entrances of the product. */
@Injectable()
export class PastReactions {
  // At the parameter limit: a person clicks, opens, answers and leaves.
  constructor(
    private readonly engagement: Engagement,
    private readonly clicks: Clicks,
    private readonly verdicts: ClickVerdicts,
    private readonly visits: Visits,
    private readonly returns: Returns,
    private readonly unsubscribe: Unsubscribe,
    private readonly activations: Activations,
    private readonly forms: PastForms,
  ) {}

  /** At the time of the clock. */
  async perform(message: SentMessage, reaction: Reaction): Promise<void> {
    const { id, email } = message;
    switch (reaction.kind) {
      case 'bounce': {
        const raw = bounceOf(email, reaction.isPermanent);
        await this.returns.receive({ from: '', recipient: this.engagement.returnPath(id), raw });
        return;
      }
      case 'reply': {
        const raw = answerOf(email, id, messageFrom(email));
        await this.returns.receive({ from: email, recipient: this.engagement.replyAddress(id), raw });
        return;
      }
      case 'unsubscribe': {
        const recipient = await this.unsubscribe.recipient(tokenOf(this.engagement.unsubscribeUrl(id)));
        return this.unsubscribe.apply({ choice: 'unsubscribe' }, recipient);
      }
      case 'scan':
        return this.scan(message);
      case 'click':
        return this.click(message, reaction.sendsForm);
    }
  }

  /** A gateway follows links at once, also one that people do not see. */
  private async scan(message: SentMessage): Promise<void> {
    const { links } = await this.linksOf(message);
    const [first] = Object.keys(links);
    await Promise.all(
      Object.entries(links).flatMap(([name, url]) =>
        name === first || name === DECOY_LINK ? [this.clicks.follow(tokenOf(url), GATEWAY)] : [],
      ),
    );
    await this.clicks.flushed();
  }

  private async click(message: SentMessage, sendsForm: boolean): Promise<void> {
    const { actor, links } = await this.linksOf(message);
    const open = Object.entries(links).filter(([name]) => !NOT_FOLLOWED.includes(name));
    if (open.length === 0) return;
    const [, url] = chosen(open, 'link', message.email, message.stepKey);
    const { target, clickId } = await this.clicks.follow(tokenOf(url), PERSON);
    await this.clicks.flushed();
    // A page of ours has the click in its address, and reports that it was opened.
    if (target === null || !isId(new URL(target).searchParams.get('t'))) return;
    await this.verdicts.confirmPageOpened(clickId);
    const activation = await this.activations.get(actor, message.activationId);
    await this.visits.record(actor, activation, 'visit', { source: 'email', click: clickId }, PERSON);
    if (sendsForm) await this.forms.send(actor, activation, message);
  }

  private async linksOf({
    id,
    partnerId,
    activationId,
  }: SentMessage): Promise<{ readonly actor: SystemActor; readonly links: Readonly<Record<string, string>> }> {
    const actor = systemActor(SEED.name, { partnerId });
    const names = await this.engagement.linkNames(actor, activationId);
    const all: Readonly<Record<string, string>> = this.engagement.linksOf(id, names);
    return { actor, links: Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : []))) };
  }
}

const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
