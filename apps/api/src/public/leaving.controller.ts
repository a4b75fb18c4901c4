import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { Activations } from '#activations';
import { Contacts, Preferences, Suppressions } from '#contacts';
import { Database } from '#database';
import { Engagement, type TokenSubject } from '#engagement';
import { type SystemActor, systemActor } from '#kernel';
import { Organisations } from '#organisations';
import { Public } from '../http/authority.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { PageBrands } from './page-brands.service.js';
import { type Choice, leavingPage, leftPage, type PageBrand, readChoice } from './public-pages.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

const MONTH_DAYS = 30;

/** RFC 8058, 3.1. */
const isOneClick = (body: unknown): boolean =>
  (body as Partial<Record<string, unknown>> | undefined)?.['List-Unsubscribe'] === 'One-Click';

interface Leaver {
  readonly subject: TokenSubject;
  readonly actor: SystemActor;
  readonly brand: PageBrand;
  readonly vendor: string;
  /** The person's own, then that of the mail that they have before them. */
  readonly languages: readonly (string | null)[];
  readonly isKnown: boolean;
  /** Whether the partner writes to them no more, before anything is chosen. */
  readonly hasLeft: boolean;
  /** What the person has had mail on and may refuse; those refused already are among them. */
  readonly topics: readonly string[];
}

/** Where people say how much mail they want: in their language and in the brand of whom they know. */
@Controller('u/:token')
export class LeavingController {
  // More parameters than elsewhere: one page speaks for partner, vendor and person.
  constructor(
    private readonly engagement: Engagement,
    private readonly suppressions: Suppressions,
    private readonly preferences: Preferences,
    private readonly contacts: Contacts,
    private readonly brands: PageBrands,
    private readonly organisations: Organisations,
    private readonly database: Database,
    private readonly activations: Activations,
  ) {}

  /** Shows what can be chosen and asks; changes nothing (RFC 8058 wants a POST). */
  @Summary('Show the unsubscribe and preferences page')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async ask(@Param('token') token: string): Promise<string> {
    const { brand, vendor, topics, hasLeft, languages } = await this.leaver(token);
    return leavingPage(brand, vendor, topics, hasLeft, languages);
  }

  /** Both the mail program's one click (`List-Unsubscribe=One-Click`) and the page's button. Safe to repeat. */
  @Summary('Unsubscribe or save e-mail preferences (also RFC 8058 one-click)')
  @ResponseMedia('text/html')
  @Public()
  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async leave(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    if (isOneClick(body)) return this.leaveAtOnce(token);
    const leaver = await this.leaver(token);
    const choice = readChoice((body as { choice?: unknown } | undefined)?.choice, leaver.topics);
    if (leaver.isKnown) await this.database.inTransaction(leaver.actor, () => this.keep(choice, leaver));
    return leftPage(choice, leaver.brand, leaver.vendor, leaver.hasLeft, leaver.languages);
  }

  /** Nobody reads what a mail program is answered, and it sends many at once: nothing is looked up that only a page would show. */
  private async leaveAtOnce(token: string): Promise<string> {
    const subject = await this.engagement.openLinkFor(token, 'unsubscribe');
    const actor = systemActor('preferences', { partnerId: subject.partnerId });
    await this.database.inTransaction(actor, async () => {
      const known = await this.contacts.byIds(actor, [subject.contactId]);
      if (known.length > 0) await this.keep('leave', { actor, subject });
    });
    return '';
  }

  private async keep(choice: Choice, { actor, subject }: Pick<Leaver, 'actor' | 'subject'>): Promise<void> {
    const { contactId, vendorId } = subject;
    const unsubscribed = { contactId, reason: 'unsubscribed', source: 'person' } as const;
    if (typeof choice === 'object') return this.preferences.refuseTopic(actor, contactId, choice.topic);
    switch (choice) {
      case 'leave':
        await this.suppressions.add(actor, { ...unsubscribed, scope: 'partner' });
        return this.engagement.record(subject, 'unsubscribe');
      case 'vendor':
        // No touch: the partner must not read there what the person told about others.
        await this.suppressions.add(actor, { ...unsubscribed, scope: 'vendor', vendorId });
        return;
      case 'monthly':
        return this.preferences.setInterval(actor, contactId, MONTH_DAYS);
      case 'as-it-comes':
        return this.preferences.setInterval(actor, contactId, null);
    }
  }

  private async leaver(token: string): Promise<Leaver> {
    const subject = await this.engagement.openLinkFor(token, 'unsubscribe');
    const actor = systemActor('preferences', { partnerId: subject.partnerId });
    const [contact] = await this.contacts.byIds(actor, [subject.contactId]);
    const { name: vendor } = await this.organisations.get(actor, subject.vendorId);
    return {
      subject,
      actor,
      brand: await this.brands.of(actor),
      vendor,
      languages: [contact?.language ?? null, await this.mailLanguage(actor, subject)],
      isKnown: contact !== undefined,
      hasLeft: contact !== undefined && (await this.suppressions.ofContact(actor, contact.id)) !== null,
      topics: contact === undefined ? [] : await this.activations.topicsOf(actor, contact.id),
    };
  }

  /** In which language the mail was that they come from. */
  private async mailLanguage(actor: SystemActor, { messageId }: TokenSubject): Promise<string | null> {
    const [mail] = await this.database.inTransaction(actor, () =>
      this.database.query<{ locale: string }>(
        'SELECT e.locale FROM delivery.message m JOIN sequences.enrolment e ON e.id = m.enrolment_id WHERE m.id = $1',
        [messageId],
      ),
    );
    return mail?.locale ?? null;
  }
}
