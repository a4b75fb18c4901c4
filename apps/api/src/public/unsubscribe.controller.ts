import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { type PageBrand, PageBrands } from '#brand';
import { Activations } from '#activations';
import { Contacts, Suppressions } from '#contacts';
import { type Recipient, Unsubscribe } from '#engagement';
import { Organisations } from '#organisations';
import { SentEmails } from '#sequences';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { readPreference, unsubscribedPage, unsubscribePage } from './public-pages.js';

/** RFC 8058, 3.1. */
const isOneClick = (body: unknown): boolean =>
  (body as Partial<Record<string, unknown>> | undefined)?.['List-Unsubscribe'] === 'One-Click';

interface PageFacts {
  readonly recipient: Recipient;
  readonly brand: PageBrand;
  readonly vendor: string;
  /** The contact's own language, then that of the e-mail. */
  readonly languages: readonly (string | null)[];
  /**
   * Whether the contact had unsubscribed from the partner before this request.
   */
  readonly isUnsubscribed: boolean;
  /**
   * Topics of e-mails that the contact received and may refuse, with those
   * already refused.
   */
  readonly topics: readonly string[];
}

/**
 * The unsubscribe and preferences page, in the contact's language and the
 * partner's branding.
 */
@Controller('u/:token')
export class UnsubscribeController {
  constructor(
    private readonly unsubscribing: Unsubscribe,
    private readonly contacts: Contacts,
    private readonly suppressions: Suppressions,
    private readonly brands: PageBrands,
    private readonly organisations: Organisations,
    private readonly activations: Activations,
    private readonly emails: SentEmails,
  ) {}

  /** Changes nothing: RFC 8058 asks for a POST. */
  @Summary('Show the unsubscribe and preferences page')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async page(@Param('token') token: string): Promise<string> {
    const { brand, vendor, topics, isUnsubscribed, languages } = await this.facts(token);
    return unsubscribePage(brand, vendor, topics, isUnsubscribed, languages);
  }

  /**
   * Serves the one click of a mail program (`List-Unsubscribe=One-Click`) and
   * the page's button. Safe to repeat.
   */
  @Summary('Unsubscribe or save e-mail preferences (also RFC 8058 one-click)')
  @ResponseMedia('text/html')
  @Public()
  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async save(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    // Mail programs send many of these at once and ignore the body: nothing is
    // loaded that only the page needs.
    if (isOneClick(body)) {
      await this.unsubscribing.apply('unsubscribe', await this.unsubscribing.recipient(token));
      return '';
    }
    const { recipient, brand, vendor, topics, isUnsubscribed, languages } = await this.facts(token);
    const choice = readPreference((body as { choice?: unknown } | undefined)?.choice, topics);
    await this.unsubscribing.apply(choice, recipient);
    return unsubscribedPage(choice, brand, vendor, isUnsubscribed, languages);
  }

  private async facts(token: string): Promise<PageFacts> {
    const recipient = await this.unsubscribing.recipient(token);
    const { actor, subject } = recipient;
    const [contact] = await this.contacts.byIds(actor, [subject.contactId]);
    const { name: vendor } = await this.organisations.get(actor, subject.vendorId);
    const email = await this.emails.find(actor, subject.messageId);
    return {
      recipient,
      brand: await this.brands.current(actor),
      vendor,
      languages: [contact?.language ?? null, email?.locale ?? null],
      isUnsubscribed: contact !== undefined && (await this.suppressions.ofContact(actor, contact.id)) !== null,
      topics: contact === undefined ? [] : await this.activations.topicsOf(actor, contact.id),
    };
  }
}
